import { type Account, tokensLeft } from '../account/account.ts'
import { resetsAt } from '../advance.ts'
import { ratesAt } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import { dayMs, dayOf, dayStartOf, type Instant, type Period, previousPeriod } from '../time/time.ts'
import { type CourseDay, courseOf } from './course.ts'
import { averageDaysMax, averagePace, type DayUse, historyOf, type Pace, rangePaces } from './history.ts'
import { type LimitAhead, limitsAhead } from './limits.ts'

/** Tokens in thousandths, and US cents. */
export interface Cost {
  readonly milliTokens: number
  readonly usdCents: number
}

/** A figure at the month's end: at the average pace, and at those of the quietest and the busiest of the past weeks. */
export interface Expected<Figure> {
  readonly expected: Figure
  readonly low: Figure
  readonly high: Figure
}

export interface MeterAhead extends Expected<number> {
  readonly meter: string
  readonly used: number
}

export interface TokensAhead {
  readonly milliTokens: number
  /** First day whose use tokens do not pay; the days of the paces that run out first and last. Absent before the horizon. */
  readonly runOutOn?: Instant
  readonly runOutEarliestOn?: Instant
  readonly runOutLatestOn?: Instant
  /** Tokens that lapse unused. */
  readonly lapsing: readonly {
    readonly lotId: string
    readonly expiresAt: Instant
    readonly milliTokens: number
  }[]
  /** The end of the last lot, or of the month where that is later: the forecast looks no further. */
  readonly horizonAt: Instant
}

export interface Forecast {
  readonly cost: Expected<Cost> & { readonly soFar: Cost }
  readonly lastMonth: Cost & { readonly period: Period }
  readonly days: readonly (Cost & { readonly day: string })[]
  readonly tokens: TokensAhead
  readonly limits: readonly LimitAhead[]
  readonly meters: readonly MeterAhead[]
  /** The full days that the pace is taken from; none before the first full day with use. */
  readonly basis: { readonly from: Instant; readonly to: Instant; readonly days: number }
}

/** Days of actual cost that a forecast shows. */
export const shownDaysMax = 35

/**
 * Forecasts the month and the tokens from the use of past days: those of this month, of the last one and of eight weeks. Each
 * coming day is like the average of the same weekday in the last four weeks; the range repeats the quietest and the busiest of
 * the last eight weeks. Only a new day, use or a change of the account changes it. `account` has been advanced to `now`.
 */
export function forecast(account: Account, rows: readonly DayUse[], { now, catalog }: Context): Forecast {
  const history = historyOf(rows, now)
  const { period } = account
  const rates = new Map(ratesAt(catalog, now).map((rate) => [rate.meter, rate]))
  const usedToday = sumByMeter(rows.filter(({ day }) => day === dayOf(now)))
  const monthEnd = resetsAt(account)
  const horizonAt = account.lots.reduce((last, { expiresAt }) => Math.max(last, expiresAt), monthEnd)
  const meters = [...history.use.keys()].filter((meter) => rates.has(meter)).toSorted()
  const runAt = (pace: Pace): Run => {
    const course = courseOf(
      account,
      { meters, pace, usedToday },
      { now, catalog, monthEnd, until: horizonAt },
    )
    const month = course.filter(({ at }) => at < monthEnd)
    return { course, month, cost: sumOf(month), runOutOn: runOutOf(account, course) }
  }
  const average = runAt(averagePace(history))
  const { low, high } = rangePaces(history, (meter) => {
    const rate = rates.get(meter)
    return rate === undefined ? 0 : rate.milliTokensPerUnit / rate.unitSize
  })
  const all = [average, runAt(low), runAt(high)]
  const ofMonth = rows.filter(({ day }) => day.startsWith(period))
  const before = rows.filter(({ day }) => day.startsWith(previousPeriod(period)))
  const days = Math.min(history.days, averageDaysMax)
  return {
    cost: costAhead(sumOf(ofMonth), average, all),
    lastMonth: { period: previousPeriod(period), ...sumOf(before) },
    days: shownDays(rows, now),
    tokens: {
      milliTokens: tokensLeft(account),
      ...runOutDays(average, all),
      lapsing: lapsing(account, average),
      horizonAt,
    },
    limits: limitsAhead(account, average.month, { now, catalog }),
    meters: metersAhead(new Set(rates.keys()), sumByMeter(ofMonth), average, all),
    basis: { from: history.today - days * dayMs, to: history.today - dayMs, days },
  }
}

/** The days ahead at one pace. */
interface Run {
  readonly course: readonly CourseDay[]
  /** The part of the course in this month. */
  readonly month: readonly CourseDay[]
  readonly cost: Cost
  readonly runOutOn: Instant | undefined
}

function costAhead(soFar: Cost, average: Run, all: readonly Run[]): Forecast['cost'] {
  const endOf = (measure: keyof Cost) => {
    const costs = all.map(({ cost }) => cost[measure])
    const sum = (more: number) => soFar[measure] + more
    return {
      expected: sum(average.cost[measure]),
      low: sum(Math.min(...costs)),
      high: sum(Math.max(...costs)),
    }
  }
  const [tokens, money] = [endOf('milliTokens'), endOf('usdCents')]
  const cost = (which: 'expected' | 'low' | 'high'): Cost => {
    return { milliTokens: tokens[which], usdCents: money[which] }
  }
  return { soFar, expected: cost('expected'), low: cost('low'), high: cost('high') }
}

function runOutOf(account: Account, course: readonly CourseDay[]): Instant | undefined {
  if (tokensLeft(account) === 0) return undefined
  return course.find(({ unitsWithoutTokens }) => unitsWithoutTokens > 0)?.at
}

function runOutDays({ runOutOn }: Run, all: readonly Run[]): Partial<TokensAhead> {
  const days = all.flatMap((run) => run.runOutOn ?? [])
  const isCertain = days.length === all.length
  return {
    ...(runOutOn !== undefined && { runOutOn }),
    ...(days.length > 0 && { runOutEarliestOn: Math.min(...days) }),
    ...(isCertain && { runOutLatestOn: Math.max(...days) }),
  }
}

function lapsing({ lots }: Account, { course }: Run): TokensAhead['lapsing'] {
  const lapsed = course.flatMap((day) => day.lapsed)
  return lots.flatMap(({ lotId, expiresAt }) => {
    const found = lapsed.find((other) => other.lotId === lotId)
    return found === undefined ? [] : [{ lotId, expiresAt, milliTokens: found.milliTokens }]
  })
}

function metersAhead(
  rated: ReadonlySet<string>,
  used: ReadonlyMap<string, number>,
  average: Run,
  all: readonly Run[],
): readonly MeterAhead[] {
  const names = [...rated].filter(
    (meter) => used.has(meter) || average.month.some(({ quantities }) => quantities.has(meter)),
  )
  return names.toSorted().map((meter) => {
    const soFar = used.get(meter) ?? 0
    const endOf = ({ month }: Run) =>
      month.reduce((sum, { quantities }) => sum + (quantities.get(meter) ?? 0), soFar)
    const ends = all.map(endOf)
    return { meter, used: soFar, expected: endOf(average), low: Math.min(...ends), high: Math.max(...ends) }
  })
}

function shownDays(rows: readonly DayUse[], now: Instant): Forecast['days'] {
  const today = dayStartOf(now)
  return Array.from({ length: shownDaysMax }, (_, index) => {
    const day = dayOf(today - (shownDaysMax - 1 - index) * dayMs)
    return { day, ...sumOf(rows.filter((row) => row.day === day)) }
  })
}

function sumOf(costs: readonly Cost[]): Cost {
  return costs.reduce<Cost>(
    (sum, cost) => ({
      milliTokens: sum.milliTokens + cost.milliTokens,
      usdCents: sum.usdCents + cost.usdCents,
    }),
    { milliTokens: 0, usdCents: 0 },
  )
}

function sumByMeter(rows: readonly DayUse[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const { meter, quantity } of rows) sums.set(meter, (sums.get(meter) ?? 0) + quantity)
  return sums
}
