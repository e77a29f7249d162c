import { useTranslation } from 'react-i18next'
import type { UsageRowsAnswer as UsageRows } from '../../../contract/get-usage.ts'
import { useAnswer } from '../../api/queries.ts'
import { Panel } from '../../components/panel.tsx'
import { Select } from '../../components/select.tsx'
import { useRole, useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { BillBridge } from './bill-bridge.tsx'
import { type Grouped, type Span, useGrouped } from './grouped.ts'
import { useOfferedMeters } from './measures.ts'
import { MonthTable } from './month-table.tsx'
import { UsageChart } from './usage-chart.tsx'
import type { UsageFilters } from './usage-filters.ts'
import { UsageLegend } from './usage-legend.tsx'
import { monthOf, type Range } from './usage-range.ts'
import { type Group, nameOf, type RowFilter } from './usage-sums.ts'
import { UsageTable } from './usage-table.tsx'

export interface UsageViewProps {
  readonly answer: UsageRows
  readonly named: UsageFilters
  readonly group: Group
  readonly by: Span
  readonly today: string
}

/** The usage of some days or months: the cost first, as a chart and as a table. */
export function UsageView({ answer, named, group, by, today }: UsageViewProps) {
  const { t } = useTranslation('usage')
  const { filters, change } = named
  const grouped = useGrouped(answer, filters, { group, by })
  const { rows, total, measure, measures, measureName } = grouped
  if (rows.length === 0) return <p>{t('empty')}</p>
  return (
    <>
      <Panel
        title={t(`chart.title.${by}`)}
        aside={
          <Select
            label={t('measure.label')}
            value={nameOf(measure)}
            onChange={(value) => change({ measure: value })}
            options={measures.map((offered) => ({ value: nameOf(offered), text: measureName(offered) }))}
          />
        }
      >
        <Largest grouped={grouped} />
        <UsageChart grouped={grouped} />
        <UsageLegend grouped={grouped} />
        {typeof measure === 'object' && total.quantities.size > 1 && <small>{t('measure.oneUnit')}</small>}
        {measure === 'cost' && total.tokens !== 0 && <DrawnTokens />}
      </Panel>
      {by === 'day' && <Bill range={answer} filters={filters} today={today} />}
      <Panel title={t(by === 'day' ? 'table.title' : 'months.title')}>
        {by === 'day' ? <UsageTable grouped={grouped} /> : <MonthTable grouped={grouped} today={today} />}
      </Panel>
    </>
  )
}

interface BillProps {
  readonly range: Range
  readonly filters: RowFilter
  readonly today: string
}

/** The bill of the month that is shown: a bill is the team's, so it is absent where filters leave out a part. */
function Bill({ range, filters, today }: BillProps) {
  const isAdmin = useRole() === 'admin'
  const balance = useAnswer('getBalance', { params: { teamId: useTeamId() } })
  const period = monthOf(range, today)
  const isFiltered = [filters.app, filters.api, filters.meter].some((value) => value !== undefined)
  if (!isAdmin || isFiltered || period === undefined || balance.data === undefined) return null
  return <BillBridge period={period} payAsYouGo={balance.data.payAsYouGo} />
}

/** The total, and the app, meter or API with the largest part of it. */
function Largest({ grouped }: { readonly grouped: Grouped }) {
  const { t } = useTranslation('usage')
  const { group, series, total, memberName, write } = grouped
  const [first] = series
  return (
    <p className="largest">
      <strong>{t('largest.total', { total: write(total) })}</strong>
      {first !== undefined &&
        ` ${t(`largest.${group}`, { name: memberName(first.member), amount: write(first.sum) })}`}
    </p>
  )
}

/** A token has no price on a day, so its height in a bar is a choice, which is named here. */
function DrawnTokens() {
  const { t } = useTranslation('usage')
  const { usd } = useFormat()
  const { tokenUsdCents } = useOfferedMeters()
  return <small>{t('chart.drawn', { usd: usd(tokenUsdCents) })}</small>
}
