import type { Language } from '../core/texts/texts-model.ts'
import { dayMs, hourMs, minuteMs } from '../core/time/time.ts'

/** Formats numbers, money and instants in the page's language. Instants are in UTC and labelled so. */
export interface Format {
  /** A count, such as 24,000. */
  number(value: number): string
  /** Tokens, with at most three decimals. */
  tokens(value: number): string
  /** US cents as dollars. */
  usd(usdCents: number): string
  /** A share from 0 to 1, as a whole percentage. */
  percent(share: number): string
  /** An instant (RFC 3339), to the minute. */
  instant(at: string): string
  /** The UTC day of an instant, or a day such as `2026-01-15`. */
  day(at: string): string
  /** Like `day` without the year, for places where the year is shown nearby. */
  dayOfYear(at: string): string
  /** A period such as `2026-01`. */
  period(period: string): string
  /** A quantity of a meter in its base unit. Seconds are written as hours and minutes. */
  quantity(value: number, baseUnit: string | undefined): string
  /** Distance from one instant to another: "in 12 days", "3 時間後". */
  distance(at: string, from: string): string
}

const locales: Readonly<Record<Language, string>> = { en: 'en-US', ja: 'ja-JP' }
const made = new Map<Language, Format>()

/** Returns the format of a language: the same object each time. */
export function formatIn(language: Language): Format {
  const format = made.get(language) ?? makeFormat(locales[language])
  made.set(language, format)
  return format
}

function makeFormat(locale: string): Format {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const tokens = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 })
  const usd = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const zone = { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' } as const
  const day = new Intl.DateTimeFormat(locale, zone)
  const dayOfYear = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short', day: 'numeric' })
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const
  const instant = new Intl.DateTimeFormat(locale, { ...zone, ...clock })
  const period = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'long' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })
  return {
    number: (value) => number.format(value),
    tokens: (value) => tokens.format(value),
    usd: (usdCents) => usd.format(usdCents / 100),
    percent: (share) => percent.format(share),
    instant: (at) => instant.format(new Date(at)),
    day: (at) => day.format(new Date(at)),
    dayOfYear: (at) => dayOfYear.format(new Date(at)),
    period: (text) => period.format(new Date(`${text}-01T00:00:00Z`)),
    quantity: makeQuantity(locale),
    distance: (at, from) => relative.format(...distanceOf(Date.parse(at) - Date.parse(from))),
  }
}

/** The largest unit that fits at least once, rounded down: "in 1 day" means that a whole day is left. */
function distanceOf(milliseconds: number): [number, Intl.RelativeTimeFormatUnit] {
  const size = Math.abs(milliseconds)
  if (size >= dayMs) return [Math.trunc(milliseconds / dayMs), 'day']
  if (size >= hourMs) return [Math.trunc(milliseconds / hourMs), 'hour']
  return [Math.trunc(milliseconds / minuteMs), 'minute']
}

function makeQuantity(locale: string): Format['quantity'] {
  const number = new Intl.NumberFormat(locale)
  const inUnit = (value: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
  return (value, baseUnit) => {
    if (baseUnit !== 'seconds') return number.format(value)
    const [hours, minutes, seconds] = [
      Math.floor(value / 3_600),
      Math.floor((value % 3_600) / 60),
      value % 60,
    ]
    const parts = [
      hours > 0 ? inUnit(hours, 'hour') : '',
      minutes > 0 ? inUnit(minutes, 'minute') : '',
      seconds > 0 || value === 0 ? inUnit(seconds, 'second') : '',
    ]
    return parts.filter((part) => part !== '').join(' ')
  }
}
