import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { Answer, Query } from '../../api/client.ts'
import { useClient } from '../../session/session-context.ts'

export type ListedTeam = Answer<'listTeams'>['teams'][number]
export type TeamFilters = Pick<Query<'listTeams'>, 'query' | 'state'>

/** Pages of the list of teams, each read when it is asked for. */
export function useTeams(filters: TeamFilters) {
  const client = useClient()
  return useInfiniteQuery({
    queryKey: ['listTeams', filters],
    queryFn: ({ pageParam, signal }) =>
      client.call('listTeams', { query: { ...filters, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: keepPreviousData,
  })
}
