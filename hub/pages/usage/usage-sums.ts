import type { UsageRowsAnswer as UsageRows } from '../../../contract/get-usage.ts'
import { dayMs, nextPeriod, type Period } from '../../../core/time/time.ts'

export type Row = UsageRows['rows'][number]
export type Group = 'meter' | 'app' | 'api'
export const groups: readonly Group[] = ['meter', 'app', 'api']

/** The base unit and API of meters. A meter that no rate card names is its own unit and API. */
export interface MeterFacts {
  /** US cents at which a bar draws a token: the price of the smallest purchase. */
  readonly tokenUsdCents: number
  unitOf(meter: string): string
  apiOf(meter: string): string
}

/** The measure of the chart: tokens and dollars together, one of both, or quantities of one base unit. */
export type Measure = 'cost' | 'tokens' | 'usd' | { readonly unit: string }

/** Quantities by base unit, so that seconds and jobs are never added. `meter` is one of the meters with the unit. */
export type Quantities = ReadonlyMap<string, { readonly meter: string; readonly quantity: number }>

export interface Sum {
  readonly quantities: Quantities
  readonly units: number
  readonly tokens: number
  readonly usdCents: number
  /** Both currencies in US cents. It orders and draws; it is never written. */
  readonly drawnUsdCents: number
}

export interface RowFilter {
  readonly app?: string
  readonly meter?: string
  readonly api?: string
}

/** Returns the rows that match the filters. */
export function rowsMeant(rows: readonly Row[], filter: RowFilter, { apiOf }: MeterFacts): readonly Row[] {
  return rows.filter(
    ({ app, meter = '' }) =>
      (filter.app === undefined || filter.app === app) &&
      (filter.meter === undefined || filter.meter === meter) &&
      (filter.api === undefined || filter.api === apiOf(meter)),
  )
}

/** Returns the day or the month of a row. */
export const spanOf = ({ day, month }: Row): string => day ?? month ?? ''

/** Returns the app, the meter or the API of a row. */
export function memberOf({ app = '', meter = '' }: Row, group: Group, { apiOf }: MeterFacts): string {
  if (group === 'api') return apiOf(meter)
  return group === 'app' ? app : meter
}

/** Sums rows. Tokens are summed in thousandths. */
export function sumOf(rows: readonly Row[], { unitOf, tokenUsdCents }: MeterFacts): Sum {
  const quantities = new Map<string, { meter: string; quantity: number }>()
  for (const { meter = '', quantity } of rows) {
    const unit = unitOf(meter)
    quantities.set(unit, { meter, quantity: (quantities.get(unit)?.quantity ?? 0) + quantity })
  }
  const total = (amount: (row: Row) => number) => rows.reduce((sum, row) => sum + amount(row), 0)
  const tokens = total((row) => Math.round(row.tokens * 1_000)) / 1_000
  const usdCents = total((row) => row.usdCents ?? 0)
  const drawnUsdCents = usdCents + tokens * tokenUsdCents
  return { quantities, units: total(({ units }) => units), tokens, usdCents, drawnUsdCents }
}

/** Returns the amount of a measure in a sum, as it is drawn: dollars, tokens or base units. */
export function amountOf(sum: Sum, measure: Measure): number {
  if (measure === 'cost') return sum.drawnUsdCents / 100
  if (measure === 'tokens') return sum.tokens
  if (measure === 'usd') return sum.usdCents / 100
  return sum.quantities.get(measure.unit)?.quantity ?? 0
}

/**
 * Returns the available measures: the cost, then each used base unit, starting with the most used meter's. A developer's
 * cost is tokens alone.
 */
export function measuresOf(sum: Sum, isAdmin: boolean): readonly Measure[] {
  const costs = isAdmin ? (['cost', 'tokens', 'usd'] as const) : (['tokens'] as const)
  return [...costs, ...[...sum.quantities.keys()].map((unit) => ({ unit }))]
}

/** Returns the first measure with an amount: the cost where there is any. */
export function firstMeasure(sum: Sum, isAdmin: boolean): Measure {
  return measuresOf(sum, isAdmin).find((measure) => amountOf(sum, measure) > 0) ?? 'tokens'
}

export const nameOf = (measure: Measure): string => (typeof measure === 'string' ? measure : measure.unit)

/** Returns the months from the first day's to the last day's. */
export function monthsOf(from: string, to: string): readonly Period[] {
  const months: Period[] = []
  for (let month = from.slice(0, 7); month <= to.slice(0, 7); month = nextPeriod(month)) months.push(month)
  return months
}

/** Returns the days from the first to the last, both included. */
export function daysOf(from: string, to: string): readonly string[] {
  const start = Date.parse(from)
  const count = Math.round((Date.parse(to) - start) / dayMs) + 1
  return Array.from({ length: Math.max(0, count) }, (_, day) =>
    new Date(start + day * dayMs).toISOString().slice(0, 10),
  )
}
