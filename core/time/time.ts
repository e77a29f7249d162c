/** Instants are whole milliseconds since 1970-01-01T00:00:00Z. A period is a calendar month in UTC, written `2026-01`. */
export type Instant = number
export type Period = string

export const secondMs = 1_000
export const minuteMs = 60 * secondMs
export const hourMs = 60 * minuteMs
const quarterMs = 15 * minuteMs
export const dayMs = 24 * hourMs

/** A bill is made, and a month's free use settled, this long after the month's end (our default: aps-facts, section 3). */
export const billingDelayMs = 48 * hourMs

/** Usage events are accepted up to this age, and from clocks that are up to this far ahead of our clock. */
export const eventAgeMaxMs = 34 * dayMs
export const eventAheadMaxMs = 5 * minuteMs

/** The instant that an event counts at: its own time, but never later than the one at which it is recorded. */
export function countedAt(time: Instant, now: Instant): Instant {
  return Math.min(time, now)
}

/** The earliest of some instants; undefined where there is none. */
export function earliest(...instants: readonly (Instant | undefined)[]): Instant | undefined {
  const known = instants.filter((at) => at !== undefined)
  return known.length > 0 ? Math.min(...known) : undefined
}

/** The first instant of the UTC day of an instant. */
export function dayStartOf(at: Instant): Instant {
  return Math.floor(at / dayMs) * dayMs
}

/** The date of an instant in UTC: `2026-01-15`. */
export function dayOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** The first and the last day of a period. */
export function daysOf(period: Period): { readonly from: string; readonly to: string } {
  return { from: `${period}-01`, to: dayOf(periodEnd(period) - 1) }
}

export function periodOf(at: Instant): Period {
  return new Date(at).toISOString().slice(0, 7)
}

export function periodStart(period: Period): Instant {
  return Date.parse(`${period}-01T00:00:00Z`)
}

export function nextPeriod(period: Period): Period {
  return periodOf(periodStart(period) + 31 * dayMs)
}

export function previousPeriod(period: Period): Period {
  return periodOf(periodStart(period) - 1)
}

/** The first instant that no longer belongs to the period. */
export function periodEnd(period: Period): Instant {
  return periodStart(nextPeriod(period))
}

/** From this instant on the period's bill is closed, and later arrivals for it count in the current period. */
export function closesAt(period: Period): Instant {
  return periodEnd(period) + billingDelayMs
}

/**
 * The first instant at which tokens bought at `purchasedAt` are gone: the end of the day (UTC) one year later,
 * 29 February becoming 28 February (aps-facts, section 2).
 */
export function lotExpiry(purchasedAt: Instant): Instant {
  const bought = new Date(purchasedAt)
  const year = bought.getUTCFullYear() + 1
  const month = bought.getUTCMonth()
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(bought.getUTCDate(), lastDay)) + dayMs
}

/**
 * The end of a hold that is requested now: rounded up to a full minute, or, over an hour ahead, to a full quarter of an hour,
 * so that an account keeps one sum per meter and instant instead of one per authorization.
 */
export function holdExpiry(now: Instant, holdSeconds: number): Instant {
  const step = holdSeconds * secondMs > hourMs ? quarterMs : minuteMs
  return Math.ceil((now + holdSeconds * secondMs) / step) * step
}

/** The end of an instant's quarter of an hour; an instant that is one stays. */
export function quarterAfter(at: Instant): Instant {
  return Math.ceil(at / quarterMs) * quarterMs
}
