import type { MonthUse } from '../../core/preview/card-preview.ts'
import { dayMs, type Period, periodEnd, periodStart } from '../../core/time/time.ts'
import type { UsageView } from './usage-view.ts'

/** A team's use of each meter in a month, from the usage view, day by day. */
export async function monthUse(
  view: UsageView,
  teamId: string,
  period: Period,
): Promise<readonly MonthUse[]> {
  const sums = new Map<string, number>()
  for (let at = periodStart(period); at < periodEnd(period); at += dayMs) {
    const day = new Date(at).toISOString().slice(0, 10)
    for (const { meter, quantity } of await view.rows(teamId, day, day))
      sums.set(meter, (sums.get(meter) ?? 0) + quantity)
  }
  return [...sums]
    .map(([meter, quantity]) => ({ meter, quantity }))
    .toSorted((a, b) => (a.meter < b.meter ? -1 : 1))
}
