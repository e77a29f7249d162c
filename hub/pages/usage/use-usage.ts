import type { UseQueryResult } from '@tanstack/react-query'
import type { UsageRowsAnswer as UsageRows } from '../../../contract/get-usage.ts'
import { useAnswer } from '../../api/queries.ts'
import { useTeamId } from '../../session/session-context.ts'
import type { Range } from './usage-range.ts'

/** The daily usage lags by some seconds, and reading a year of it has a cost. */
const everyMilliseconds = 5_000

/** The daily usage of a range, read again every five seconds while the page is visible. `groupBy` is that of the API. */
export function useUsage(range: Range, groupBy: string, isAsked = true): UseQueryResult<UsageRows> {
  const given = { params: { teamId: useTeamId() }, query: { ...range, groupBy } }
  return useAnswer('getUsage', given, { isAsked, everyMilliseconds })
}
