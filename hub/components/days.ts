import { CalendarDate, parseDate } from '@internationalized/date'

/** A year that is still being typed begins with zeros, so it is earlier than this. */
export const firstDay = new CalendarDate(2000, 1, 1)

/** Parses a day such as `2026-01-15`. Returns null for any other text. Days have no time zone: all are UTC days. */
export function parseDay(day: string): CalendarDate | null {
  try {
    return parseDate(day)
  } catch {
    return null
  }
}
