import { type Period, previousPeriod } from '../../../core/time/time.ts'
import { type Row, spanOf } from './usage-sums.ts'

/** US cents of a month's use and of its bill, and all that is between them. */
export interface BillParts {
  readonly use: number
  /** Parts of the month's use in the bills of later months. */
  readonly elsewhere: readonly BillPart[]
  /** Late use of earlier months in this bill. */
  readonly late: readonly BillPart[]
  /** Charges of no day's use: shortfall that was paid later, and use of the last seconds. */
  readonly rest: number
  readonly credited: number
  readonly bill: number
}

/** US cents by the other month: that of the bill, or that of the use. */
export interface BillPart {
  readonly period: Period
  readonly usdCents: number
}

interface Bill {
  readonly period: Period
  readonly usdCents: number
  /** The sum of its credit notes: use that was taken back after the bill was issued. */
  readonly creditedUsdCents: number
}

/** An event is up to 34 days old, so it belongs to the month of its bill or to one of the two before. */
export function firstMonthIn(period: Period): Period {
  return previousPeriod(previousPeriod(period))
}

/** Splits a bill into the use of its month and the rest. `rows` are by month, from `firstMonthIn` to the bill's month. */
export function billParts(
  rows: readonly Row[],
  { period, usdCents: bill, creditedUsdCents }: Bill,
): BillParts {
  const own = rows.filter((row) => spanOf(row) === period)
  const use = sum(own.map(({ usdCents = 0 }) => usdCents))
  const elsewhere = byPeriod(own.flatMap(({ otherBills = [] }) => otherBills))
  const late = byPeriod(
    rows.flatMap((row) =>
      (row.otherBills ?? [])
        .filter((part) => part.period === period)
        .map(({ usdCents }) => ({ period: spanOf(row), usdCents })),
    ),
  )
  const known = use - total(elsewhere) + total(late)
  return { use, elsewhere, late, rest: bill - creditedUsdCents - known, credited: creditedUsdCents, bill }
}

function byPeriod(parts: readonly BillPart[]): readonly BillPart[] {
  return [...Map.groupBy(parts, ({ period }) => period)]
    .map(([period, own]) => ({ period, usdCents: total(own) }))
    .filter(({ usdCents }) => usdCents !== 0)
    .toSorted((a, b) => (a.period < b.period ? -1 : 1))
}

const sum = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0)
const total = (parts: readonly BillPart[]) => sum(parts.map(({ usdCents }) => usdCents))
