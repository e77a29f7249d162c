import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useClient, useTeamId } from '../../session/session-context.ts'
import type { Act, ActivityFilters } from './acts.ts'

/** The acts that were read so far, newest first. */
export function useActivity(filters: ActivityFilters) {
  const client = useClient()
  const teamId = useTeamId()
  const found = useInfiniteQuery({
    queryKey: ['listActivity', teamId, filters],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === undefined ? {} : { cursor: pageParam }
      // The API validates filters that a person typed into the URL.
      const query = { ...filters, ...cursor } as object
      return client.call('listActivity', { params: { teamId }, query }, signal)
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: keepPreviousData,
    // A person who comes back starts with the newest page, not with all pages that were read.
    gcTime: 0,
  })
  const pages = found.data?.pages ?? []
  const acts = pages.flatMap<Act>((page) => page.activity)
  return { ...found, acts, searchedUntil: pages.at(-1)?.searchedUntil }
}
