import { useInfiniteQuery } from '@tanstack/react-query'
import type { ActAnswer } from '../../../contract/list-activity.ts'
import { useClient, useTeamId } from '../../session/session-context.ts'

export type Act = ActAnswer

/** The acts that were read so far, newest first. */
export function useActivity() {
  const client = useClient()
  const teamId = useTeamId()
  const found = useInfiniteQuery({
    queryKey: ['listActivity', teamId],
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === undefined ? {} : { cursor: pageParam }
      return client.call('listActivity', { params: { teamId }, query }, signal)
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor,
    // A person who comes back starts with the newest page, not with all pages that were read.
    gcTime: 0,
  })
  return { ...found, acts: (found.data?.pages ?? []).flatMap<Act>((page) => page.activity) }
}
