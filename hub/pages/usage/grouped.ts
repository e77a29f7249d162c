import { useTranslation } from 'react-i18next'
import type { UsageRowsAnswer as UsageRows } from '../../../contract/get-usage.ts'
import { useApps } from '../../apps.ts'
import { useMeters } from '../../meters.ts'
import { pathOf } from '../../paths.ts'
import { useRole, useTeamId } from '../../session/session-context.ts'
import { type OfferedMeters, useMeasureWords, useOfferedMeters } from './measures.ts'
import { monthRange } from './usage-range.ts'
import { type Cell, cellsOf, type Series, seriesOf } from './usage-series.ts'
import {
  daysOf,
  firstMeasure,
  type Group,
  type Measure,
  measuresOf,
  memberOf,
  monthsOf,
  nameOf,
  type Row,
  type RowFilter,
  rowsMeant,
  type Sum,
  spanOf,
  sumOf,
} from './usage-sums.ts'

/** The usage of a range as the page shows it: by day or month and group, in one measure. */
export interface Grouped {
  readonly group: Group
  readonly by: Span
  /** Days or months. */
  readonly spans: readonly string[]
  readonly rows: readonly Row[]
  readonly total: Sum
  readonly measure: Measure
  readonly measures: readonly Measure[]
  readonly series: readonly Series[]
  readonly cells: readonly Cell[]
  /** Returns the name of an app, a meter or an API. Undefined: the members that share the last series. */
  memberName(member: string | undefined): string
  measureName(measure: Measure): string
  /** The amount of a sum with its unit; a cost in both currencies. */
  write(sum: Sum): string
  /** The difference of two sums with its sign. */
  change(now: Sum, before: Sum): string
  /** A number of the chart's axis. */
  onAxis(amount: number): string
  /** Returns the sum of a member in a month or on a day. Undefined: of all. */
  sumIn(span: string, member?: string): Sum
  /** Returns the quantity of each base unit, separately. */
  quantities(sum: Sum): readonly string[]
  /** Returns the URL of the numbers behind a day (its entries) or a month (its days): of one member, or of all. */
  behind(span: string, member?: string): string
}

export type Span = 'day' | 'month'

interface GroupedBy {
  readonly group: Group
  readonly by: Span
}

export function useGrouped(
  answer: UsageRows,
  filter: RowFilter & { readonly measure?: string },
  { group, by }: GroupedBy,
): Grouped {
  const offered = useOfferedMeters()
  const words = useMeasureWords()
  const { t } = useTranslation('usage')
  const meters = useMeters()
  const apps = useApps()
  const teamId = useTeamId()
  const rows = rowsMeant(answer.rows, filter, offered)
  const isAdmin = useRole() === 'admin'
  const spans = (by === 'day' ? daysOf : monthsOf)(answer.from, answer.to)
  const total = sumOf(rows, offered)
  const measures = measuresOf(total, isAdmin)
  const measure =
    measures.find((candidate) => nameOf(candidate) === filter.measure) ?? firstMeasure(total, isAdmin)
  const name = { meter: meters.name, api: meters.api, app: apps.name }[group]
  return {
    ...{ group, by, spans, rows, total, measure, measures },
    series: seriesOf(rows, { group, measure, spans }, offered),
    cells: cellsOf(rows, group, offered),
    memberName: (member) => (member === undefined ? t('chart.others') : name(member)),
    measureName: words.name,
    write: (sum) => words.write(sum, measure),
    change: (now, before) => words.change(now, before, measure),
    onAxis: (amount) => words.onAxis(amount, measure, total),
    sumIn: (span, member) =>
      sumOf(
        rows.filter(
          (row) => spanOf(row) === span && (member === undefined || memberOf(row, group, offered) === member),
        ),
        offered,
      ),
    quantities: (sum) =>
      [...sum.quantities].map(([unit, { meter, quantity }]) => {
        const written = meters.quantity(meter, quantity)
        const isUnitKnown = unit !== meter || sum.quantities.size === 1
        return isUnitKnown ? written : t('table.of', { quantity: written, meter: meters.name(meter) })
      }),
    behind(span, member) {
      const { measure: _, ...asked } = filter
      const meant = { ...asked, ...(member !== undefined && { [group]: member }) }
      if (by === 'day') return pathOf(teamId, 'statement', { day: span, ...statementFilter(meant, offered) })
      return pathOf(teamId, 'usage', { ...monthRange(span), group, ...rowFilter(meant) })
    },
  }
}

function rowFilter({ app, api, meter }: RowFilter): Record<string, string> {
  return {
    ...(app !== undefined && { app }),
    ...(api !== undefined && { api }),
    ...(meter !== undefined && { meter }),
  }
}

/** Filters by meter if its API is not rated: then both have the same name. */
function statementFilter({ app, api, meter }: RowFilter, offered: OfferedMeters): Record<string, string> {
  const isRated = api !== undefined && offered.isRatedApi(api)
  const named = isRated ? { app, api, meter } : { app, meter: meter ?? api }
  return rowFilter(named)
}
