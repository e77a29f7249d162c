import {
  amountOf,
  type Group,
  type Measure,
  type MeterFacts,
  memberOf,
  type Row,
  type Sum,
  spanOf,
  sumOf,
} from './usage-sums.ts'

/** The number of members with a separate colour. All others share one more series. */
const seriesMax = 7

/** One series of the stack: an app, a meter or an API. */
export interface Series {
  /** Undefined: the members that share the last series. */
  readonly member: string | undefined
  readonly sum: Sum
  /** One sum per day or month. */
  readonly sums: readonly Sum[]
}

/** The usage of one app, meter or API on one day or in one month. */
export interface Cell {
  readonly span: string
  readonly member: string
  readonly sum: Sum
}

export interface SeriesAsked {
  readonly group: Group
  readonly measure: Measure
  /** Days or months. */
  readonly spans: readonly string[]
}

/** Returns the series of a chart, the largest first. Members without any of the measure are left out. */
export function seriesOf(rows: readonly Row[], asked: SeriesAsked, facts: MeterFacts): readonly Series[] {
  const { group, measure } = asked
  const members = [...Map.groupBy(rows, (row) => memberOf(row, group, facts))]
    .map(([member, own]) => ({ member, own, amount: amountOf(sumOf(own, facts), measure) }))
    .filter(({ amount }) => amount > 0)
    .toSorted((a, b) => b.amount - a.amount)
  const others = members.slice(seriesMax).flatMap(({ own }) => own)
  return [
    ...members.slice(0, seriesMax).map(({ member, own }) => oneSeries(member, own, asked, facts)),
    ...(others.length > 0 ? [oneSeries(undefined, others, asked, facts)] : []),
  ]
}

function oneSeries(
  member: string | undefined,
  own: readonly Row[],
  { spans }: SeriesAsked,
  facts: MeterFacts,
): Series {
  const bySpan = Map.groupBy(own, spanOf)
  return { member, sum: sumOf(own, facts), sums: spans.map((span) => sumOf(bySpan.get(span) ?? [], facts)) }
}

/** Returns the rows of the table: newest day first, and the largest cost of a day first. */
export function cellsOf(rows: readonly Row[], group: Group, facts: MeterFacts): readonly Cell[] {
  const spans = [...Map.groupBy(rows, spanOf)].toSorted(([a], [b]) => (a < b ? 1 : -1))
  return spans.flatMap(([span, own]) =>
    membersOf(own, group, facts).map(({ member, sum }) => ({ span, member, sum })),
  )
}

/** Returns the members with their sums: the largest cost first, then by name. */
export function membersOf(rows: readonly Row[], group: Group, facts: MeterFacts) {
  return [...Map.groupBy(rows, (row) => memberOf(row, group, facts))]
    .map(([member, own]) => ({ member, own, sum: sumOf(own, facts) }))
    .toSorted((a, b) => b.sum.drawnUsdCents - a.sum.drawnUsdCents || (a.member < b.member ? -1 : 1))
}
