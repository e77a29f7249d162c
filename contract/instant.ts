import type { Instant } from '../core/time/time.ts'

const pattern = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/

/**
 * Reads an RFC 3339 instant as whole epoch milliseconds and truncates finer fractions. Returns undefined for
 * anything else, including days and hours that do not exist, leap seconds, and years outside 1970 to 2999.
 */
export function parseInstant(text: string): Instant | undefined {
  const parts = pattern.exec(text)
  if (parts === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number)
  const offsetHours = Number(parts[9] ?? 0)
  const offsetMinutes = Number(parts[10] ?? 0)
  if (!isDay(year, month, day) || hour > 23 || minute > 59 || second > 59) return undefined
  if (offsetHours > 23 || offsetMinutes > 59) return undefined
  const offsetMs = (offsetHours * 60 + offsetMinutes) * 60_000 * (parts[8] === '-' ? -1 : 1)
  const fractionMs = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'))
  return Date.UTC(year, month - 1, day, hour, minute, second, fractionMs) - offsetMs
}

/** True for a calendar day that exists, written `2026-01-15`. */
export function isCalendarDay(text: string): boolean {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  return parts !== null && isDay(Number(parts[1]), Number(parts[2]), Number(parts[3]))
}

/** RFC 3339 in UTC, with milliseconds only when they are not zero. */
export function instantToJson(at: Instant): string {
  return new Date(at).toISOString().replace('.000Z', 'Z')
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1970 || year > 2999 || month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}
