import type { UsageRowsAnswer as UsageRows } from '../../../contract/get-usage.ts'
import { dayMs } from '../../../core/time/time.ts'

export type Row = UsageRows['rows'][number]
export type Group = 'meter' | 'app' | 'api'
export const groups: readonly Group[] = ['meter', 'app', 'api']

/** The base unit and API of meters. A meter that no rate card names is its own unit and API. */
export interface MeterFacts {
  unitOf(meter: string): string
  apiOf(meter: string): string
}

/** The measure of the chart: tokens, dollars, or quantities of one base unit. */
export type Measure = 'tokens' | 'usd' | { readonly unit: string }

/** Quantities by base unit, so that seconds and jobs are never added. `meter` is one of the meters with the unit. */
export type Quantities = ReadonlyMap<string, { readonly meter: string; readonly quantity: number }>

export interface Sum {
  readonly quantities: Quantities
  readonly units: number
  readonly tokens: number
  readonly usdCents: number
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

/** Returns the app, the meter or the API of a row. */
export function memberOf({ app = '', meter = '' }: Row, group: Group, { apiOf }: MeterFacts): string {
  if (group === 'api') return apiOf(meter)
  return group === 'app' ? app : meter
}

/** Sums rows. Tokens are summed in thousandths. */
export function sumOf(rows: readonly Row[], { unitOf }: MeterFacts): Sum {
  const quantities = new Map<string, { meter: string; quantity: number }>()
  for (const { meter = '', quantity } of rows) {
    const unit = unitOf(meter)
    quantities.set(unit, { meter, quantity: (quantities.get(unit)?.quantity ?? 0) + quantity })
  }
  const total = (amount: (row: Row) => number) => rows.reduce((sum, row) => sum + amount(row), 0)
  return {
    quantities,
    units: total(({ units }) => units),
    tokens: total(({ tokens }) => Math.round(tokens * 1_000)) / 1_000,
    usdCents: total(({ usdCents = 0 }) => usdCents),
  }
}

/** Returns the amount of a measure in a sum: tokens, dollars or base units. */
export function amountOf(sum: Sum, measure: Measure): number {
  if (measure === 'tokens') return sum.tokens
  if (measure === 'usd') return sum.usdCents / 100
  return sum.quantities.get(measure.unit)?.quantity ?? 0
}

/** Returns the available measures: tokens and dollars, then each used base unit, starting with the most used meter's. */
export function measuresOf(sum: Sum): readonly Measure[] {
  return ['tokens', 'usd', ...[...sum.quantities.keys()].map((unit) => ({ unit }))]
}

/** Returns the first measure with an amount. */
export function firstMeasure(sum: Sum): Measure {
  return measuresOf(sum).find((measure) => amountOf(sum, measure) > 0) ?? 'tokens'
}

export const nameOf = (measure: Measure): string => (typeof measure === 'string' ? measure : measure.unit)

/** Returns the days from the first to the last, both included. */
export function daysOf(from: string, to: string): readonly string[] {
  const start = Date.parse(from)
  const count = Math.round((Date.parse(to) - start) / dayMs) + 1
  return Array.from({ length: Math.max(0, count) }, (_, day) =>
    new Date(start + day * dayMs).toISOString().slice(0, 10),
  )
}
