import { authorizationRefusals } from '../../core/refusal.ts'
import type { Instant } from '../../core/time/time.ts'
import { alignRows } from '../text-table.ts'
import { phases, seasonFrom, seasonTo } from './dates.ts'
import type { Tally } from './tally.ts'

type Unit = 'count' | 'tokens' | 'usd'

interface Row {
  readonly row: string
  readonly label: string
  readonly unit: Unit
  /** True shows the row even when nothing was counted. */
  readonly isUsual?: boolean
}

const usual = (row: string, label = row, unit: Unit = 'count'): Row => ({ row, label, unit, isUsual: true })
const rare = (row: string, label = row, unit: Unit = 'count'): Row => ({ row, label, unit })

const sections: readonly (readonly Row[])[] = [
  [
    usual('allowed', 'calls allowed'),
    ...authorizationRefusals.map((code) => rare(code, `refused ${code}`)),
    usual('events recorded', 'usage events recorded'),
  ],
  [
    usual('tokens sold', 'tokens sold', 'tokens'),
    usual('tokens spent', 'tokens spent', 'tokens'),
    usual('tokens expired', 'tokens expired', 'tokens'),
    usual('charged', 'pay-as-you-go used, USD', 'usd'),
    usual('invoiced', 'invoiced, USD', 'usd'),
    rare('paid', 'paid, USD', 'usd'),
    rare('payments failed'),
    rare('bills overdue'),
  ],
  [
    usual('teams suspended'),
    usual('teams resumed'),
    rare('teams notified: announced', 'teams notified: start'),
    rare('teams notified: reminded', 'teams notified: reminder'),
    rare('teams notified: stopped', 'teams notified: apps stopped'),
    usual('apps stopped', 'apps stopped'),
    usual('apps back', 'apps back after complying'),
  ],
]

/** Formats the season as one table: a column for each phase, and one for the total. */
export function seasonTable(tally: Tally): string {
  const head = [0, 1].map((line) => [
    '',
    ...phases.map(({ name }) => name[line] ?? ''),
    line === 0 ? 'season' : '',
  ])
  const from = ['from', ...phases.map((phase) => day(phase.from)), `to ${day(seasonTo)}`]
  const body = sections.map((rows) =>
    rows.filter((row) => row.isUsual || tally.has(row.row)).map(cells(tally)),
  )
  const lines = alignRows([...head, from, ...body.flatMap((rows) => [[], ...rows])], 1)
  return lines.join('\n')
}

function cells(tally: Tally) {
  return ({ row, label, unit }: Row) => [
    label,
    ...[...tally.of(row), tally.total(row)].map((count) => (count === 0 ? '–' : show(count, unit))),
  ]
}

function show(count: number, unit: Unit): string {
  if (unit === 'count') return number(count, 0)
  return unit === 'tokens' ? number(count / 1_000, 0, 3) : number(count / 100, 2)
}

function number(value: number, digitsMin: number, digitsMax = digitsMin): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digitsMin, maximumFractionDigits: digitsMax })
}

function day(at: Instant): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
}

/** Describes the played season in one line. */
export function seasonTitle(teams: number, seed: number): string {
  const long = (at: Instant) =>
    new Date(at).toLocaleDateString('en-GB', {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    })
  return `${teams} teams from ${long(seasonFrom)} to ${long(seasonTo)} (seed ${seed})`
}
