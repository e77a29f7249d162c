import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { Answer, Query } from '../../api/client.ts'
import { useClient } from '../../session/session-context.ts'

export type Money = Answer<'listMoney'>
export type MoneyRow = Money['money'][number]
export type MoneyFilters = Pick<Query<'listMoney'>, 'list' | 'month'>

/** Pages of a list of money, each read when it is asked for. */
export function useMoney(filters: MoneyFilters) {
  const client = useClient()
  return useInfiniteQuery({
    queryKey: ['listMoney', filters],
    queryFn: ({ pageParam, signal }) =>
      client.call('listMoney', { query: { ...filters, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: keepPreviousData,
  })
}
