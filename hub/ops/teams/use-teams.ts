import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Answer, Query } from '../../api/client.ts'
import { useClient } from '../../session/session-context.ts'
import { fullPage, isReadingOn } from './reading-on.ts'

export type ListedTeam = Answer<'listTeams'>['teams'][number]
export type TeamFilters = Pick<Query<'listTeams'>, 'query' | 'state'>

/** The teams that were read so far. The list goes on by itself while its pages are short, up to a bound. */
export function useTeams(filters: TeamFilters) {
  const client = useClient()
  const read = useInfiniteQuery({
    queryKey: ['listTeams', filters],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filters, cursor: pageParam, limit: String(fullPage) }
      return client.call('listTeams', { query }, signal)
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: keepPreviousData,
    // Somebody who comes back starts with the first page, not with all pages that were read.
    gcTime: 0,
  })
  const pages = read.data?.pages ?? []
  const { hasNextPage, isFetching, isError, isPlaceholderData, fetchNextPage } = read
  const goesOn = hasNextPage && !isError && !isPlaceholderData
  const isSearching = goesOn && isReadingOn(pages.map(({ teams }) => teams.length))
  useEffect(() => {
    if (isSearching && !isFetching) void fetchNextPage()
  }, [isSearching, isFetching, fetchNextPage])
  return { ...read, teams: pages.flatMap(({ teams }) => teams), isSearching }
}
