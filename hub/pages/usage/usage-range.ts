import { daysOf, type Period } from '../../../core/time/time.ts'

export interface Range {
  readonly from: string
  readonly to: string
}

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

/** Returns the month that a range covers as far as it is over. Undefined: several months, or a part of one. */
export function monthOf({ from, to }: Range, today: string): Period | undefined {
  const month = from.slice(0, 7)
  const all = monthRange(month)
  const isWhole = from === all.from && (to === all.to || (to === today && today.startsWith(month)))
  return isWhole ? month : undefined
}

/** Returns true for a preset that compares months. */
export const isByMonth = (preset: Preset): boolean => preset.startsWith('months')

/** Returns all days of a month. */
export function monthRange(period: Period): Range {
  return daysOf(period)
}
