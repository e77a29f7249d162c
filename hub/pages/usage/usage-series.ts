import {
  amountOf,
  type Group,
  type Measure,
  type MeterFacts,
  memberOf,
  type Row,
  type Sum,
  sumOf,
} from './usage-sums.ts'

/** The number of members with a separate colour. All others share one more series. */
const seriesMax = 7

/** One series of the stack: an app, a meter or an API. */
export interface Series {
  /** Undefined: the members that share the last series. */
  readonly member: string | undefined
  readonly sum: Sum
  /** One amount of the measure per day. */
  readonly amounts: readonly number[]
}

/** The usage of one app, meter or API on one day. */
export interface Cell {
  readonly day: string
  readonly member: string
  readonly sum: Sum
}

export interface SeriesAsked {
  readonly group: Group
  readonly measure: Measure
  readonly days: readonly string[]
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
  { days, measure }: SeriesAsked,
  facts: MeterFacts,
): Series {
  const byDay = Map.groupBy(own, ({ day }) => day ?? '')
  const amounts = days.map((day) => amountOf(sumOf(byDay.get(day) ?? [], facts), measure))
  return { member, sum: sumOf(own, facts), amounts }
}

/** Returns the rows of the table: newest day first, and by member within a day. */
export function cellsOf(rows: readonly Row[], group: Group, facts: MeterFacts): readonly Cell[] {
  const days = [...Map.groupBy(rows, ({ day }) => day ?? '')].toSorted(([a], [b]) => (a < b ? 1 : -1))
  return days.flatMap(([day, ofDay]) =>
    [...Map.groupBy(ofDay, (row) => memberOf(row, group, facts))]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([member, own]) => ({ day, member, sum: sumOf(own, facts) })),
  )
}
