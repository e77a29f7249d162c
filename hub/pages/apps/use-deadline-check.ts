import { useInfiniteQuery } from '@tanstack/react-query'
import type { DeadlineCheckAnswer } from '../../../contract/get-deadline-check.ts'
import { languageNow } from '../../i18n.ts'
import { useClient, useTeamId } from '../../session/session-context.ts'

/** An app that the deadline would stop, with the whole refusal that it names. */
export interface StoppedApp extends Omit<DeadlineCheckAnswer['apps'][number], 'refusal'> {
  readonly refusal: DeadlineCheckAnswer['refusals'][number]
}

/** The apps that the deadline would stop if it were today, as far as they were read. */
export function useDeadlineCheck() {
  const client = useClient()
  const teamId = useTeamId()
  const found = useInfiniteQuery({
    queryKey: ['getDeadlineCheck', teamId, languageNow()],
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === undefined ? {} : { cursor: pageParam }
      return client.call('getDeadlineCheck', { params: { teamId }, query }, signal)
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor,
    // A person who comes back starts with the first page, not with all pages that were read.
    gcTime: 0,
  })
  const apps = (found.data?.pages ?? []).flatMap((page) => page.apps.flatMap((app) => withRefusal(app, page)))
  return { ...found, apps, week: found.data?.pages[0] }
}

function withRefusal(
  app: DeadlineCheckAnswer['apps'][number],
  { refusals }: DeadlineCheckAnswer,
): readonly StoppedApp[] {
  const refusal = refusals[app.refusal.index]
  return refusal === undefined ? [] : [{ ...app, refusal }]
}
