import { dayMs, type Instant } from '../time/time.ts'

/** A team's use of a meter on one day, with its charges. */
export interface DayUse {
  /** `2026-01-15`, in UTC. */
  readonly day: string
  readonly meter: string
  readonly quantity: number
  readonly milliTokens: number
  readonly usdCents: number
}

/** The most full days that a forecast looks back. */
export const historyDaysMax = 28
const weekDays = 7
/** With fewer whole weeks, single days are compared instead. */
const weeksMin = 2

/** The use on the full days before today, the oldest first. Today is left out, because it is not over. */
export interface History {
  /** The first of the days, and today. */
  readonly from: Instant
  readonly today: Instant
  readonly days: number
  /** Base units of each day, by meter. */
  readonly use: ReadonlyMap<string, readonly number[]>
}

/** Base units that are expected of a meter on a whole day. They may be a fraction. */
export type Pace = (meter: string, dayStart: Instant) => number

export function dayStartOf(at: Instant): Instant {
  return Math.floor(at / dayMs) * dayMs
}

/** The date of an instant in UTC: `2026-01-15`. */
export function dayOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** The last 28 full days. A history that began later has fewer days: those since the first use. */
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
  return { from, today, days, use }
}

/** The average of the same weekdays; in the first week, the average of all days. */
export function averagePace({ from, days, use }: History): Pace {
  const step = days < weekDays ? 1 : weekDays
  return (meter, dayStart) => {
    const quantities = use.get(meter) ?? []
    const weekday = ((dayStart - from) / dayMs) % step
    const same = quantities.filter((_, index) => index % step === weekday)
    return same.length === 0 ? 0 : same.reduce((sum, quantity) => sum + quantity, 0) / same.length
  }
}

/**
 * The paces that bound the forecast: each week of the history, repeated. In the first two weeks each single day is repeated
 * instead, and before a week is full, no further use is possible, too.
 */
export function pastPaces(history: History): readonly Pace[] {
  const { from, today, days, use } = history
  const weeks = Math.floor(days / weekDays)
  const span = weeks < weeksMin ? 1 : weekDays
  const spans = weeks < weeksMin ? days : weeks
  const paces = Array.from({ length: spans }, (_, back): Pace => {
    const first = (today - from) / dayMs - (back + 1) * span
    return (meter, dayStart) => use.get(meter)?.[first + (((dayStart - today) / dayMs) % span)] ?? 0
  })
  return days < weekDays ? [...paces, () => 0] : paces
}
