import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { TokenPurchaseAnswer as TokenPurchase } from '../../../contract/purchase.ts'
import { useClient, useTeamId } from '../../session/session-context.ts'

/** The purchases that were read so far, newest first. */
export function usePurchases() {
  const client = useClient()
  const teamId = useTeamId()
  const found = useInfiniteQuery({
    queryKey: ['listPurchases', teamId, 'documents'],
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === undefined ? {} : { cursor: pageParam }
      return client.call('listPurchases', { params: { teamId }, query }, signal)
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: keepPreviousData,
  })
  const purchases = (found.data?.pages ?? []).flatMap<TokenPurchase>((page) => page.purchases)
  return { ...found, purchases }
}
