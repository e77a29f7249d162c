import { useTranslation } from 'react-i18next'
import type { UsageRowsAnswer as UsageRows } from '../../../contract/get-usage.ts'
import { useApps } from '../../apps.ts'
import { useMeters } from '../../meters.ts'
import { pathOf } from '../../paths.ts'
import { useTeamId } from '../../session/session-context.ts'
import { type OfferedMeters, useMeasureWords, useOfferedMeters } from './measures.ts'
import { type Cell, cellsOf, type Series, seriesOf } from './usage-series.ts'
import {
  daysOf,
  firstMeasure,
  type Group,
  type Measure,
  measuresOf,
  nameOf,
  type Row,
  type RowFilter,
  rowsMeant,
  type Sum,
  sumOf,
} from './usage-sums.ts'

/** The usage of a range as the page shows it: by day and group, in one measure. */
export interface Grouped {
  readonly group: Group
  readonly days: readonly string[]
  readonly rows: readonly Row[]
  readonly total: Sum
  readonly measure: Measure
  readonly series: readonly Series[]
  readonly cells: readonly Cell[]
  /** Returns the name of an app, a meter or an API. Undefined: the members that share the last series. */
  memberName(member: string | undefined): string
  measureName(measure: Measure): string
  /** An amount of the measure with its unit. */
  write(amount: number): string
  /** Returns the quantity of each base unit, separately. */
  quantities(sum: Sum): readonly string[]
  /** Returns the URL of the statement of a day: of one member, or of all that are shown. */
  entriesOf(day: string, member?: string): string
}

export function useGrouped(
  answer: UsageRows,
  filter: RowFilter & { readonly measure?: string },
  group: Group,
): Grouped {
  const offered = useOfferedMeters()
  const words = useMeasureWords()
  const { t } = useTranslation('usage')
  const meters = useMeters()
  const apps = useApps()
  const teamId = useTeamId()
  const rows = rowsMeant(answer.rows, filter, offered)
  const days = daysOf(answer.from, answer.to)
  const total = sumOf(rows, offered)
  const measure =
    measuresOf(total).find((candidate) => nameOf(candidate) === filter.measure) ?? firstMeasure(total)
  const name = { meter: meters.name, api: meters.api, app: apps.name }[group]
  return {
    ...{ group, days, rows, total, measure },
    series: seriesOf(rows, { group, measure, days }, offered),
    cells: cellsOf(rows, group, offered),
    memberName: (member) => (member === undefined ? t('chart.others') : name(member)),
    measureName: words.name,
    write: (amount) => words.write(amount, measure, total),
    quantities: (sum) =>
      [...sum.quantities].map(([unit, { meter, quantity }]) => {
        const written = meters.quantity(meter, quantity)
        const isUnitKnown = unit !== meter || sum.quantities.size === 1
        return isUnitKnown ? written : t('table.of', { quantity: written, meter: meters.name(meter) })
      }),
    entriesOf(day, member) {
      const meant = { ...filter, ...(member !== undefined && { [group]: member }) }
      return pathOf(teamId, 'statement', { day, ...statementFilter(meant, offered) })
    },
  }
}

/** Filters by meter if its API is not rated: then both have the same name. */
function statementFilter({ app, api, meter }: RowFilter, offered: OfferedMeters): Record<string, string> {
  const isRated = api !== undefined && offered.isRatedApi(api)
  const named = isRated ? { app, api, meter } : { app, meter: meter ?? api }
  return Object.fromEntries(
    Object.entries(named).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
}
