import type { Language } from '../core/texts/texts-model.ts'
import { dayMs, hourMs, minuteMs } from '../core/time/time.ts'

/**
 * Formats numbers, money and instants in the page's language. Instants are in the reader's zone and labelled with it;
 * days of usage and periods are UTC days and months.
 */
export interface Format {
  /** A count, such as 24,000. */
  number(value: number): string
  /** Tokens, with at most three decimals. */
  tokens(value: number): string
  /** US cents as dollars. */
  usd(usdCents: number): string
  /** A share from 0 to 1, as a whole percentage. */
  percent(share: number): string
  /** An instant (RFC 3339), to the minute, in the reader's zone. */
  instant(at: string): string
  /** The same instant in UTC. */
  utc(at: string): string
  /** The day of an instant in the reader's zone, or a UTC day such as `2026-01-15`. */
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

/** Properties of the reader's browser that change how instants are written. */
export interface Reader {
  /** Decides the order of day and month, such as `en-GB`. */
  readonly dateLocale: string
  /** An IANA name. */
  readonly timeZone: string
}

const locales: Readonly<Record<Language, string>> = { en: 'en-US', ja: 'ja-JP' }
const made = new Map<string, Format>()
const isDay = (at: string) => at.length === '2026-01-15'.length

/** Returns the format of a language, by default in its first region and in UTC: the same object each time. */
export function formatIn(language: Language, reader: Partial<Reader> = {}): Format {
  const { dateLocale = locales[language], timeZone = 'UTC' } = reader
  const key = `${language} ${dateLocale} ${timeZone}`
  const format = made.get(key) ?? makeFormat(locales[language], { dateLocale, timeZone })
  made.set(key, format)
  return format
}

/** Returns the first locale of the browser that has the page's language and a region, such as `en-GB`. */
export function dateLocaleOf(language: Language, wishes: readonly string[]): string {
  const fitting = wishes.find((wish) => wish.startsWith(`${language}-`))
  return fitting ?? locales[language]
}

function makeFormat(locale: string, reader: Reader): Format {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const tokens = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 })
  const usd = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })
  return {
    number: (value) => number.format(value),
    tokens: (value) => tokens.format(value),
    usd: (usdCents) => usd.format(usdCents / 100),
    percent: (share) => percent.format(share),
    ...makeDates(reader),
    quantity: makeQuantity(locale),
    distance: (at, from) => relative.format(...distanceOf(Date.parse(at) - Date.parse(from))),
  }
}

function makeDates({ dateLocale, timeZone }: Reader) {
  const date = { year: 'numeric', month: 'short', day: 'numeric' } as const
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const
  const make = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(dateLocale, options)
  const instant = make({ ...date, ...clock, timeZone })
  const utc = make({ ...date, ...clock, timeZone: 'UTC' })
  const [day, utcDay] = [make({ ...date, timeZone }), make({ ...date, timeZone: 'UTC' })]
  const dayOfYear = make({ timeZone: 'UTC', month: 'short', day: 'numeric' })
  const period = make({ timeZone: 'UTC', year: 'numeric', month: 'long' })
  return {
    instant: (at: string) => instant.format(new Date(at)),
    utc: (at: string) => utc.format(new Date(at)),
    day: (at: string) => (isDay(at) ? utcDay : day).format(new Date(at)),
    dayOfYear: (at: string) => dayOfYear.format(new Date(at)),
    period: (text: string) => period.format(new Date(`${text}-01T00:00:00Z`)),
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
