import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useClient } from '../session/session-context.ts'
import type { Answer, Given } from './client.ts'
import { isPassing } from './problem.ts'
import { type OperationId, routeOf } from './routes.ts'

const retriesMax = 2

/** Writes that carry the caller's own id, or that set a state: a repeated one has no further effect. */
const repeatable: ReadonlySet<OperationId> = new Set(['purchaseTokens', 'payPurchase', 'moveApps'])

export interface Asked {
  /** False: the call is not sent. Default: true. */
  readonly isAsked?: boolean
}

/**
 * The answer of a call that reads or previews. A read is repeated when it may have changed, by the heartbeat. The previous
 * answer stays until the answer for new parameters arrives.
 */
export function useAnswer<Id extends OperationId>(
  id: Id,
  given: Given<Id>,
  { isAsked = true }: Asked = {},
): UseQueryResult<Answer<Id>> {
  const client = useClient()
  const { i18n } = useTranslation()
  return useQuery({
    // The API's own texts come in the page's language.
    queryKey: [id, given.params, given.query, given.body, i18n.language],
    queryFn: ({ signal }) => client.call(id, given, signal),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  })
}

/** A call that changes something. Afterwards the page reads again everything that it shows. */
export function useWrite<Id extends OperationId>(id: Id): UseMutationResult<Answer<Id>, Error, Given<Id>> {
  const client = useClient()
  const queries = useQueryClient()
  const isRepeatable = repeatable.has(id) || ['PUT', 'DELETE'].includes(routeOf(id).method)
  return useMutation({
    mutationFn: (given: Given<Id>) => client.call(id, given),
    retry: (failures, error) => isRepeatable && failures < retriesMax && isPassing(error),
    // A success is reported after the page shows the change, a failure at once.
    onSuccess: () => queries.invalidateQueries(),
    onError: () => void queries.invalidateQueries(),
  })
}
