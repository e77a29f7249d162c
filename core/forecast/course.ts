import type { Account } from '../account/account.ts'
import { advance } from '../advance.ts'
import type { Context } from '../catalog/context.ts'
import { recordUsage, type UsageEvent } from '../commands/record-usage.ts'
import type { Entry } from '../journal/entry.ts'
import { dayMs, dayStartOf, type Instant } from '../time/time.ts'
import type { Pace } from './history.ts'

/** Base units that were used today already, by meter. */
export type UsedToday = ReadonlyMap<string, number>

/** Further use that is assumed: the pace of the meters, less what was used today already. */
export interface AssumedUse {
  readonly meters: readonly string[]
  readonly pace: Pace
  readonly usedToday: UsedToday
}

/** One day of the future: what its use costs, and the account at its end. */
export interface CourseDay {
  /** The first instant of the day. */
  readonly at: Instant
  readonly account: Account
  /** Tokens and money that the day's use costs, and tokens that it cannot get: thousandths, US cents, units. */
  readonly milliTokens: number
  readonly usdCents: number
  readonly unpaidUnits: number
  /** Units that money pays or nobody, because tokens do not. */
  readonly unitsWithoutTokens: number
  /** Lots that lapse at the end of the day, with the tokens that are left in them. */
  readonly lapsed: readonly { readonly lotId: string; readonly milliTokens: number }[]
  /** Base units of the day's further use, by meter. */
  readonly quantities: ReadonlyMap<string, number>
}

export interface CourseContext extends Context {
  /** The end of the course. */
  readonly until: Instant
  /** From here on, the course ends as soon as the tokens have run out. Default: `until`. */
  readonly monthEnd?: Instant
}

/**
 * Lets days pass, from today until `until`, and records the assumed use at the end of each: with the rules of usage events, so
 * included and free amounts, tokens by their expiry, pay-as-you-go, the spend limit and the rates of each day all count.
 * `account` has been advanced to `now`.
 */
export function courseOf(
  account: Account,
  assumed: AssumedUse,
  { now, catalog, until, monthEnd = until }: CourseContext,
): readonly CourseDay[] {
  const days: CourseDay[] = []
  const sums = new Map<string, number>()
  let before = account
  for (let at = dayStartOf(now); at < until; at += dayMs) {
    const isOver = before.lots.length === 0 && (days.at(-1)?.unitsWithoutTokens ?? 0) > 0
    if (at >= monthEnd && isOver) break
    const quantities = quantitiesOn(at, assumed, sums)
    const end = { now: at + dayMs - 1, catalog }
    const opened = advance(before, end.now, catalog)
    const recorded = recordUsage(
      opened.account,
      {
        kind: 'record-usage',
        events: [...quantities].map(([meter, quantity]) => eventOf(meter, quantity, end.now)),
      },
      { ...end, known: new Map() },
    )
    const closed = advance(recorded.account, at + dayMs, catalog)
    const lapsed = lapsesOf([...opened.entries, ...closed.entries])
    days.push({ at, account: recorded.account, ...costOf(recorded.entries), lapsed, quantities })
    before = closed.account
  }
  return days
}

/** Whole base units of each meter on a day. Fractions of earlier days count on, so that no use is lost to rounding. */
function quantitiesOn(at: Instant, { meters, pace, usedToday }: AssumedUse, sums: Map<string, number>) {
  const quantities = new Map<string, number>()
  for (const meter of meters) {
    const before = sums.get(meter)
    const used = before === undefined ? (usedToday.get(meter) ?? 0) : 0
    const sum = (before ?? 0) + Math.max(0, pace(meter, at) - used)
    const quantity = Math.round(sum) - Math.round(before ?? 0)
    sums.set(meter, sum)
    if (quantity > 0) quantities.set(meter, quantity)
  }
  return quantities
}

function eventOf(meter: string, quantity: number, time: Instant): UsageEvent {
  return { source: 'forecast', id: `${meter}@${time}`, appId: '', meter, quantity, time }
}

function costOf(entries: readonly Entry[]) {
  const charges = entries.flatMap((entry) => (entry.kind === 'usage' ? entry.usage.charges : []))
  const cost = { milliTokens: 0, usdCents: 0, unpaidUnits: 0, unitsWithoutTokens: 0 }
  for (const charge of charges) {
    if (charge.source === 'flex') cost.milliTokens += charge.milliTokens
    else cost.unitsWithoutTokens += charge.units
    if (charge.source === 'pay-as-you-go') cost.usdCents += charge.usdCents
    if (charge.source === 'shortfall') cost.unpaidUnits += charge.units
  }
  return cost
}

function lapsesOf(entries: readonly Entry[]): CourseDay['lapsed'] {
  return entries.flatMap((entry) =>
    entry.kind === 'lot-expired' && entry.milliTokens > 0
      ? [{ lotId: entry.lotId, milliTokens: entry.milliTokens }]
      : [],
  )
}
