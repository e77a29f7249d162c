import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { UsageRowsAnswer as UsageRows } from '../../../contract/get-usage.ts'
import { useAnswer } from '../../api/queries.ts'
import { useClient, useTeamId } from '../../session/session-context.ts'
import type { Range } from './usage-range.ts'

/** Pages after the first that are read: with it, some 100,000 rows. */
const furtherPagesMax = 10

interface Asked {
  /** The grouping of the API. */
  readonly groupBy: string
  readonly appId?: string | undefined
  readonly isAsked?: boolean
}

/** Its `cursor` is present if there are more rows than the page reads. */
export type UsageQuery = Pick<
  UseQueryResult<UsageRows>,
  'data' | 'error' | 'errorUpdateCount' | 'fetchStatus' | 'isPlaceholderData'
> & { readonly refetch: () => unknown }

/**
 * The daily usage of a range, read again when the balance says that use has changed. Only teams with very many apps have further
 * pages.
 */
export function useUsage(range: Range, { groupBy, appId, isAsked = true }: Asked): UsageQuery {
  const client = useClient()
  const query = { ...range, groupBy, ...(appId !== undefined && { appId }) }
  const given = { params: { teamId: useTeamId() }, query }
  const first = useAnswer('getUsage', given, { isAsked })
  const cursor = first.isPlaceholderData ? undefined : first.data?.cursor
  const further = useQuery({
    queryKey: ['getUsage', given.params, query, cursor],
    queryFn: async ({ signal }) => {
      const read = (from: string) =>
        client.call('getUsage', { ...given, query: { ...query, cursor: from } }, signal)
      return furtherPages(read, cursor)
    },
    enabled: cursor !== undefined,
  })
  if (first.data?.cursor === undefined) return first
  const { data: rest } = further
  const { isPlaceholderData } = first
  const data = rest && { ...rest, rows: [...first.data.rows, ...rest.rows] }
  return { ...further, isPlaceholderData, data, refetch: () => further.refetch() }
}

async function furtherPages(
  read: (cursor: string) => Promise<UsageRows>,
  start: string | undefined,
): Promise<UsageRows> {
  let cursor = start
  let answer: UsageRows = { from: '', to: '', rows: [] }
  for (let page = 0; page < furtherPagesMax && cursor !== undefined; page++) {
    const next = await read(cursor)
    answer = { ...next, rows: [...answer.rows, ...next.rows] }
    cursor = next.cursor
  }
  return answer
}
