import { useTranslation } from 'react-i18next'
import type { Range } from './usage-range.ts'
import { daysOf } from './usage-sums.ts'

/** The maximum number of days in one answer of the API. */
const daysMax = 400
const calendarDay = /^\d{4}-\d{2}-\d{2}$/

/** Returns the error of a range as a text. Undefined: no error. */
export function useRangeProblem({ from, to }: Range): string | undefined {
  const { t } = useTranslation('usage')
  if (!isDay(from) || !isDay(to)) return t('range.incomplete')
  if (from > to) return t('range.backwards')
  return daysOf(from, to).length > daysMax ? t('range.tooLong', { count: daysMax }) : undefined
}

function isDay(text: string): boolean {
  return calendarDay.test(text) && !Number.isNaN(Date.parse(text))
}
