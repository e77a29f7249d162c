import type { UseQueryResult } from '@tanstack/react-query'
import type { UsageRowsAnswer as UsageRows } from '../../../contract/get-usage.ts'
import { useAnswer } from '../../api/queries.ts'
import { useTeamId } from '../../session/session-context.ts'
import type { Range } from './usage-range.ts'

/** The daily use is some seconds behind, and asking for a year of it is not for nothing. */
const everyMilliseconds = 5_000

/** The daily use of a range of days, asked again every five seconds while the page is visible; `groupBy` as the API has it. */
export function useUsage(range: Range, groupBy: string, isAsked = true): UseQueryResult<UsageRows> {
  const given = { params: { teamId: useTeamId() }, query: { ...range, groupBy } }
  return useAnswer('getUsage', given, { isAsked, everyMilliseconds })
}
