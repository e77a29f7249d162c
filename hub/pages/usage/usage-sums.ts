import type { UsageRowsAnswer as UsageRows } from '../../../contract/get-usage.ts'
import { dayMs } from '../../../core/time/time.ts'

export type Row = UsageRows['rows'][number]
export type Group = 'meter' | 'app' | 'api'
export const groups: readonly Group[] = ['meter', 'app', 'api']

/** What is known of meters: their base unit and API. A meter that no rate card names is its own unit and API. */
export interface MeterFacts {
  unitOf(meter: string): string
  apiOf(meter: string): string
}

/** What a number in the picture is: tokens, dollars, or quantities of one base unit. */
export type Measure = 'tokens' | 'usd' | { readonly unit: string }

/** Quantities by base unit, so that seconds and jobs are never added; `meter` is one of those with the unit. */
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

/** Rows that the filters let through. */
export function rowsMeant(rows: readonly Row[], filter: RowFilter, { apiOf }: MeterFacts): readonly Row[] {
  return rows.filter(
    ({ app, meter = '' }) =>
      (filter.app === undefined || filter.app === app) &&
      (filter.meter === undefined || filter.meter === meter) &&
      (filter.api === undefined || filter.api === apiOf(meter)),
  )
}

/** The app, the meter or the API of a row. */
export function memberOf({ app = '', meter = '' }: Row, group: Group, { apiOf }: MeterFacts): string {
  if (group === 'api') return apiOf(meter)
  return group === 'app' ? app : meter
}

/** What rows come to. Tokens are summed in thousandths. */
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
    usdCents: total(({ usdCents }) => usdCents),
  }
}

/** How much of a measure a sum has: tokens, dollars, or base units. */
export function amountOf(sum: Sum, measure: Measure): number {
  if (measure === 'tokens') return sum.tokens
  if (measure === 'usd') return sum.usdCents / 100
  return sum.quantities.get(measure.unit)?.quantity ?? 0
}

/** What can be measured: tokens and dollars always, and each base unit that was used, the most used meter's first. */
export function measuresOf(sum: Sum): readonly Measure[] {
  return ['tokens', 'usd', ...[...sum.quantities.keys()].map((unit) => ({ unit }))]
}

/** The first measure that has anything to show. */
export function firstMeasure(sum: Sum): Measure {
  return measuresOf(sum).find((measure) => amountOf(sum, measure) > 0) ?? 'tokens'
}

export const nameOf = (measure: Measure): string => (typeof measure === 'string' ? measure : measure.unit)

/** The days from the first to the last, both included. */
export function daysOf(from: string, to: string): readonly string[] {
  const start = Date.parse(from)
  const count = Math.round((Date.parse(to) - start) / dayMs) + 1
  return Array.from({ length: Math.max(0, count) }, (_, day) =>
    new Date(start + day * dayMs).toISOString().slice(0, 10),
  )
}
