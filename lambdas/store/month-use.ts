import type { MonthUse } from '../../core/preview/card-preview.ts'
import { daysOf, type Period } from '../../core/time/time.ts'
import type { UsagePages } from './usage-pages.ts'

/** A team's use of each meter in a month, from the totals of the usage view. */
export async function monthUse(
  pages: UsagePages,
  teamId: string,
  period: Period,
): Promise<readonly MonthUse[]> {
  const { groups } = await pages.page({ teamId, ...daysOf(period), by: ['meter'] })
  return groups
    .filter(({ quantity }) => quantity > 0)
    .map(({ names, quantity }) => ({ meter: names.meter ?? '', quantity }))
}
