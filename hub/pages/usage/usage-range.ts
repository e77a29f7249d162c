import { useTranslation } from 'react-i18next'
import { type Period, periodEnd } from '../../../core/time/time.ts'
import { daysOf } from './usage-sums.ts'

export interface Range {
  readonly from: string
  readonly to: string
}

/** The maximum number of days in one answer of the API. */
export const daysMax = 400
const calendarDay = /^\d{4}-\d{2}-\d{2}$/

export const presets = ['period', 'lastPeriod', 'last30', 'months6', 'months12'] as const
export type Preset = (typeof presets)[number]

/** Returns the days of a preset, as of `today`. */
export function presetRange(preset: Preset, today: string): Range {
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number)
  const text = (...date: [number, number, number]) => new Date(Date.UTC(...date)).toISOString().slice(0, 10)
  switch (preset) {
    case 'period':
      return { from: text(year, month - 1, 1), to: today }
    case 'lastPeriod':
      return { from: text(year, month - 2, 1), to: text(year, month - 1, 0) }
    case 'last30':
      return { from: text(year, month - 1, day - 29), to: today }
    case 'months6':
      return { from: text(year, month - 6, 1), to: today }
    case 'months12':
      return { from: text(year, month - 12, 1), to: today }
  }
}

/** Returns true for a preset that compares months. */
export const isByMonth = (preset: Preset): boolean => preset.startsWith('months')

/** Returns all days of a month. */
export function monthRange(period: Period): Range {
  return { from: `${period}-01`, to: new Date(periodEnd(period) - 1).toISOString().slice(0, 10) }
}

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
