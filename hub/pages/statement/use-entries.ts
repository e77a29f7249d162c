import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useTeamId } from '../../session/session-context.ts'
import type { Entry, StatementFilters } from './entry.ts'

const perPage = 50
const pagesMax = 100
/** A filter may match nothing in many entries. The page reads on through this number of empty answers in a row. */
const emptyInARow = 5

/** The entries that were read so far, newest first. */
export function useEntries(filters: StatementFilters) {
  const client = useClient()
  const teamId = useTeamId()
  const { i18n } = useTranslation()
  const { app, ...rest } = filters
  const query = { ...rest, ...(app !== undefined && { appId: app }), limit: String(perPage) }
  const found = useInfiniteQuery({
    queryKey: ['listEntries', teamId, query, i18n.language],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === undefined ? {} : { cursor: pageParam }
      // The API validates filters that a person typed into the URL.
      return client.call(
        'listEntries',
        { params: { teamId }, query: { ...query, ...cursor } as object },
        signal,
      )
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    // A person who comes back starts with the newest page, not with all pages that were read.
    gcTime: 0,
  })
  const pages = found.data?.pages ?? []
  const more = useMore(found, pages)
  return { ...found, ...more, entries: pages.flatMap<Entry>((page) => page.entries) }
}

interface Reading {
  readonly hasNextPage: boolean
  readonly isFetching: boolean
  readonly isError: boolean
  readonly isPlaceholderData: boolean
  readonly fetchNextPage: () => unknown
}

/** Reads on while answers are empty, up to a bound. `readMore` raises the bound once. */
function useMore(found: Reading, pages: readonly { readonly entries: readonly Entry[] }[]) {
  const [emptyMax, setEmptyMax] = useState(emptyInARow)
  const lastFull = pages.findLastIndex(({ entries }) => entries.length > 0)
  const emptyNow = pages.length - 1 - lastFull
  const hasMore = found.hasNextPage && pages.length < pagesMax
  const isIdle = !found.isFetching && !found.isError && !found.isPlaceholderData
  const goesOn = hasMore && isIdle && emptyNow > 0 && emptyNow < emptyMax
  const { fetchNextPage } = found
  useEffect(() => {
    if (goesOn) void fetchNextPage()
  }, [goesOn, fetchNextPage])
  const readMore = () => {
    setEmptyMax(emptyNow + emptyInARow)
    void fetchNextPage()
  }
  return { readMore, hasMore, isCutOff: found.hasNextPage && !hasMore, isGoingOn: goesOn }
}
