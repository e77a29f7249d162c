import type { Account } from '../../core/account/account.ts'
import type { DayUse } from '../../core/forecast/history.ts'
import { dayOf, type Instant, periodStart, previousPeriod } from '../../core/time/time.ts'
import type { UsageGroup, UsagePages } from './usage-pages.ts'

/** Days, both included; only the use of `appId`, if there is one. */
export interface DaySpan {
  readonly teamId: string
  readonly from: string
  readonly to: string
  readonly appId?: string
}

/** The days that a forecast reads: two whole months before this one show whether the team is new. */
export function forecastSpan({ teamId, period }: Account, now: Instant): DaySpan {
  const from = dayOf(periodStart(previousPeriod(previousPeriod(period))))
  return { teamId, from, to: dayOf(now) }
}

/** The use of each day and meter, from the usage view. */
export async function dayUse(pages: UsagePages, span: DaySpan): Promise<readonly DayUse[]> {
  const groups: UsageGroup[] = []
  let page = await pages.page({ ...span, by: ['day', 'meter'] })
  groups.push(...page.groups)
  while (page.end !== undefined) {
    page = await pages.page({ ...span, by: ['day', 'meter'], after: page.end })
    groups.push(...page.groups)
  }
  return groups.map(({ names: { day = '', meter = '' }, quantity, milliTokens, usdCents }) => {
    return { day, meter, quantity, milliTokens, usdCents }
  })
}
