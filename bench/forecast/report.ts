import type { Catalog } from '../../core/catalog/catalog.ts'
import type { Period } from '../../core/time/time.ts'
import { shapes } from './shapes.ts'
import { type Trial, trialDays, trialsOf } from './trial.ts'

/** The weights and weeks of the model were chosen with the tuned months and teams, and never with the others. */
const samples = {
  tuned: { periods: ['2026-01', '2026-02', '2026-03'], seeds: [1, 2, 3, 4, 5, 6, 7, 8] },
  heldOut: { periods: ['2026-04', '2026-05', '2026-06'], seeds: [101, 102, 103, 104, 105, 106, 107, 108] },
} as const

/** Both tables: the errors of eight teams of each kind, and the forecasts of the first of them. */
export function reportOf(sample: keyof typeof samples, catalog: Catalog): string {
  const { periods, seeds } = samples[sample]
  const trials = seeds.map((seed) => runTrials(periods, seed, catalog))
  return `${toSummaryTable(trials.flat())}\n\n${toTeamTable(trials[0] ?? [])}`
}

function runTrials(periods: readonly Period[], seed: number, catalog: Catalog): readonly Trial[] {
  return shapes.flatMap((shape) => periods.flatMap((period) => trialsOf(shape, seed, period, catalog)))
}

/** One team of each shape: each month's forecasts after days 5, 10 and 20, in dollars. */
function toTeamTable(trials: readonly Trial[]): string {
  const months = Map.groupBy(trials, ({ shape, period }) => `| ${shape} | ${period} |`)
  const heads = trialDays.map((day) => `day ${day}: forecast (range), error`)
  const rows = [...months].map(([names, found]) => {
    const cells = found.map((trial) => {
      const { expected, low, high } = trial
      return `${dollars(expected)} (${dollars(low)}–${dollars(high)}), ${signed(errorOf(trial))}`
    })
    return `${names} ${[dollars(found[0]?.actual ?? 0), ...cells].join(' | ')} |`
  })
  return table(['team', 'month', 'actual USD', ...heads], rows, 2)
}

/** Errors of all teams, by shape and by day, next to those of the naive forecast. */
function toSummaryTable(trials: readonly Trial[]): string {
  const groups = [
    ...Map.groupBy(trials, ({ shape }) => shape),
    ...Map.groupBy(trials, ({ day }) => `**all, day ${day}**`),
    ['**all**', trials] as const,
  ]
  const rows = groups.map(([name, found]) => {
    const errors = found.map((trial) => Math.abs(errorOf(trial)))
    const naive = found.map((trial) => Math.abs(errorOf({ ...trial, expected: trial.naive })))
    const inside = found.filter(({ low, high, actual }) => low <= actual && actual <= high).length
    const cells = [
      ...[middle(errors), Math.max(...errors)].map(percent),
      `${Math.round((100 * inside) / found.length)} %`,
      ...[middle(naive), Math.max(...naive)].map(percent),
    ]
    return `| ${name} | ${cells.join(' | ')} |`
  })
  const heads = ['team', 'median error', 'worst', 'in the range', 'naive: median error', 'worst']
  return table(heads, rows, 1)
}

/** The error as a share of the actual cost. */
function errorOf({ expected, actual }: Pick<Trial, 'expected' | 'actual'>): number {
  return actual === 0 ? 0 : (expected - actual) / actual
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function table(heads: readonly string[], rows: readonly string[], rightFrom: number): string {
  const lines = heads.map((_, index) => (index < rightFrom ? '---' : '---:'))
  return [`| ${heads.join(' | ')} |`, `| ${lines.join(' | ')} |`, ...rows].join('\n')
}

const dollars = (usdCents: number) => Math.round(usdCents / 100).toLocaleString('en')
const percent = (share: number) => `${(100 * share).toFixed(1)} %`
const signed = (share: number) => `${share >= 0 ? '+' : '−'}${percent(Math.abs(share))}`
