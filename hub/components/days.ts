import { CalendarDate, parseDate } from '@internationalized/date'

/** A year that is still being typed begins with zeros. */
export const firstDay = new CalendarDate(2000, 1, 1)

/** A day such as `2026-01-15`; null for any other text. Days have no time zone: they are UTC days wherever they are shown. */
export function parseDay(day: string): CalendarDate | null {
  try {
    return parseDate(day)
  } catch {
    return null
  }
}
