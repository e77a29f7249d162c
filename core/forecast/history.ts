import { dayMs, dayStartOf, type Instant } from '../time/time.ts'

/** A team's use of a meter on one day, with its charges. */
export interface DayUse {
  /** `2026-01-15`, in UTC. */
  readonly day: string
  readonly meter: string
  readonly quantity: number
  readonly milliTokens: number
  readonly usdCents: number
}

const weekDays = 7
/** Weeks of the average, with the weight of each: the last one comes first. */
const weights = [4, 3, 2, 1] as const
/** Weeks among which the range finds the quietest and the busiest one. */
const rangeWeeksMax = 8
const historyDaysMax = rangeWeeksMax * weekDays
/** With fewer whole weeks, the range compares single days. */
const rangeWeeksMin = 2
/** A meter without use for a week, and for more than twice its longest pause before, counts as stopped. */
const stoppedDaysMin = 7
const stoppedPauses = 2
/** The most full days of the average. */
export const averageDaysMax = weights.length * weekDays

/** The use on the full days before today, the oldest first. Today is left out, because it is not over. */
export interface History {
  readonly today: Instant
  /** At most 56; those since the first use where that is later. */
  readonly days: number
  /** Base units of each day, by meter. */
  readonly use: ReadonlyMap<string, readonly number[]>
}

/** Base units that are expected of a meter on a whole day, which may be a fraction. */
export type Pace = (meter: string, dayStart: Instant) => number

/** The full days since the first use, at most eight weeks. */
export function historyOf(
  rows: readonly Pick<DayUse, 'day' | 'meter' | 'quantity'>[],
  now: Instant,
): History {
  const today = dayStartOf(now)
  const past = rows
    .filter(({ quantity }) => quantity > 0)
    .map(({ day, meter, quantity }) => ({ at: Date.parse(day), meter, quantity }))
    .filter(({ at }) => at < today)
  const first = past.reduce((least, { at }) => Math.min(least, at), today)
  const from = Math.max(first, today - historyDaysMax * dayMs)
  const days = (today - from) / dayMs
  const use = new Map<string, number[]>()
  for (const { at, meter, quantity } of past) {
    if (at < from) continue
    const quantities = use.get(meter) ?? Array.from({ length: days }, () => 0)
    const index = (at - from) / dayMs
    quantities[index] = (quantities[index] ?? 0) + quantity
    use.set(meter, quantities)
  }
  return { today, days, use }
}

/**
 * The average of the same weekday in the last four weeks, in which later weeks count more. In a team's first week, the average
 * of its days. A meter whose use has stopped is expected to stay unused.
 */
export function averagePace({ today, days, use }: History): Pace {
  return (meter, dayStart) => {
    const quantities = use.get(meter)
    if (quantities === undefined || hasStopped(quantities)) return 0
    if (days < weekDays) return averageOf(quantities.map((quantity) => ({ quantity, weight: 1 })))
    const weekday = ((dayStart - today) / dayMs) % weekDays
    const same = weights.map((weight, back) => {
      return { quantity: quantities[days - (back + 1) * weekDays + weekday], weight }
    })
    return averageOf(same)
  }
}

function hasStopped(quantities: readonly number[]): boolean {
  let [pause, longest] = [0, 0]
  for (const quantity of quantities.slice(quantities.findIndex((first) => first > 0))) {
    if (quantity > 0) longest = Math.max(longest, pause)
    pause = quantity > 0 ? 0 : pause + 1
  }
  return pause >= stoppedDaysMin && pause > stoppedPauses * longest
}

function averageOf(
  rows: readonly { readonly quantity: number | undefined; readonly weight: number }[],
): number {
  let [sum, weightSum] = [0, 0]
  for (const { quantity, weight } of rows) {
    if (quantity === undefined) continue
    sum += quantity * weight
    weightSum += weight
  }
  return weightSum === 0 ? 0 : sum / weightSum
}

/** The paces that bound a forecast. */
export interface RangePaces {
  readonly low: Pace
  readonly high: Pace
}

/**
 * The quietest and the busiest of the last eight weeks, repeated; `priceOf` weighs a base unit of each meter. In a team's first
 * two weeks, single days are repeated instead, and in its first week the lowest pace is no use at all.
 */
export function rangePaces(history: History, priceOf: (meter: string) => number): RangePaces {
  const { today, days, use } = history
  const weeks = Math.floor(days / weekDays)
  const span = weeks < rangeWeeksMin ? 1 : weekDays
  const starts = Array.from({ length: Math.floor(days / span) }, (_, back) => days - (back + 1) * span)
  const priced = starts.map((start) => {
    const price = [...use].reduce((sum, [meter, quantities]) => {
      return sum + priceOf(meter) * sumOf(quantities.slice(start, start + span))
    }, 0)
    return { start, price }
  })
  const ordered = priced.toSorted((a, b) => a.price - b.price)
  const repeat = (start: number | undefined): Pace => {
    if (start === undefined) return () => 0
    return (meter, dayStart) => use.get(meter)?.[start + (((dayStart - today) / dayMs) % span)] ?? 0
  }
  const low = days < weekDays ? undefined : ordered[0]?.start
  return { low: repeat(low), high: repeat(ordered.at(-1)?.start) }
}

function sumOf(quantities: readonly number[]): number {
  return quantities.reduce((sum, quantity) => sum + quantity, 0)
}
