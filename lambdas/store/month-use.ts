import type { MonthUse } from '../../core/preview/card-preview.ts'
import { type Period, periodEnd } from '../../core/time/time.ts'
import type { UsagePages } from './usage-pages.ts'

/** A team's use of each meter in a month, from the totals of the usage view. */
export async function monthUse(
  pages: UsagePages,
  teamId: string,
  period: Period,
): Promise<readonly MonthUse[]> {
  const to = new Date(periodEnd(period) - 1).toISOString().slice(0, 10)
  const { groups } = await pages.page({ teamId, from: `${period}-01`, to, by: ['meter'] })
  return groups
    .filter(({ quantity }) => quantity > 0)
    .map(({ names, quantity }) => ({ meter: names.meter ?? '', quantity }))
}
