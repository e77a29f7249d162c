import { type Account, emptyAccount } from '../../core/account/account.ts'
import { advance } from '../../core/advance.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import { recordUsage } from '../../core/commands/record-usage.ts'
import { forecast } from '../../core/forecast/forecast.ts'
import type { DayUse } from '../../core/forecast/history.ts'
import { dayMs, dayOf, type Instant, type Period, periodEnd, periodStart } from '../../core/time/time.ts'
import { type Shape, seriesOf } from './shapes.ts'

/** Days of a month at whose ends a forecast is made. */
export const trialDays = [5, 10, 20] as const

/** A forecast of a month's cost at the end of one of its days, next to the actual cost, in US cents. */
export interface Trial {
  readonly shape: string
  readonly period: Period
  readonly day: number
  readonly expected: number
  readonly low: number
  readonly high: number
  /** The cost so far, divided by its days and multiplied with those of the month. */
  readonly naive: number
  readonly actual: number
}

const meter = 'automation-autocad'

/** Lets a pay-as-you-go team live until the end of a month, and forecasts the month's cost on its way. */
export function trialsOf(shape: Shape, seed: number, period: Period, catalog: Catalog): readonly Trial[] {
  const { from, quantities } = seriesOf(shape, seed, period)
  const start = periodStart(period)
  const days = (periodEnd(period) - start) / dayMs
  const rows: DayUse[] = []
  const forecasts: Omit<Trial, 'actual'>[] = []
  let account = payingTeam(from)
  for (const [index, quantity] of quantities.entries()) {
    const at = from + index * dayMs
    const used = recordOn(account, { at, quantity, catalog })
    account = used.account
    rows.push(used.row)
    const day = (at - start) / dayMs + 1
    if (!trialDays.some((other) => other === day)) continue
    const now = at + dayMs
    const { soFar, expected, low, high } = forecast(advance(account, now, catalog).account, rows, {
      now,
      catalog,
    }).cost
    forecasts.push({
      shape: shape.name,
      period,
      day,
      expected: expected.usdCents,
      low: low.usdCents,
      high: high.usdCents,
      naive: Math.round((soFar.usdCents / day) * days),
    })
  }
  const actual = rows.reduce((sum, { day, usdCents }) => (day.startsWith(period) ? sum + usdCents : sum), 0)
  return forecasts.map((found) => ({ ...found, actual }))
}

function payingTeam(from: Instant): Account {
  return {
    ...emptyAccount('team'),
    at: from,
    period: dayOf(from).slice(0, 7),
    profile: { country: 'US', paymentMethod: 'credit-card', standing: 'good' },
    terms: [{ from, plan: 'paid', payAsYouGo: true }],
  }
}

/** Records a day's use at its end. */
function recordOn(
  before: Account,
  { at, quantity, catalog }: { readonly at: Instant; readonly quantity: number; readonly catalog: Catalog },
): { readonly account: Account; readonly row: DayUse } {
  const now = at + dayMs - 1
  const event = { source: 'bench', id: String(at), appId: 'app', meter, quantity, time: now }
  const { account, entries } = recordUsage(
    advance(before, now, catalog).account,
    { kind: 'record-usage', events: quantity > 0 ? [event] : [] },
    { now, catalog, known: new Map() },
  )
  const charges = entries.flatMap((entry) => (entry.kind === 'usage' ? entry.usage.charges : []))
  const usdCents = charges.reduce((sum, charge) => sum + ('usdCents' in charge ? charge.usdCents : 0), 0)
  return { account, row: { day: dayOf(at), meter, quantity, milliTokens: 0, usdCents } }
}
