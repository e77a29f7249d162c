import { useTranslation } from 'react-i18next'
import type { UsageRowsAnswer as UsageRows } from '../../../contract/get-usage.ts'
import { Panel } from '../../components/panel.tsx'
import { Select } from '../../components/select.tsx'
import { useRole } from '../../session/session-context.ts'
import { useGrouped } from './grouped.ts'
import { UsageChart } from './usage-chart.tsx'
import type { UsageFilters } from './usage-filters.ts'
import { UsageLegend } from './usage-legend.tsx'
import { type Group, measuresOf, nameOf } from './usage-sums.ts'
import { UsageTable } from './usage-table.tsx'

export interface UsageViewProps {
  readonly answer: UsageRows
  readonly named: UsageFilters
  readonly group: Group
}

/** The usage of some days, as a chart and as a table. */
export function UsageView({ answer, named, group }: UsageViewProps) {
  const { t } = useTranslation('usage')
  const { filters, change } = named
  const isAdmin = useRole() === 'admin'
  const grouped = useGrouped(answer, filters, group)
  const { rows, total, measure, measureName } = grouped
  if (rows.length === 0) return <p>{t('empty')}</p>
  return (
    <>
      <Panel
        title={t('chart.title')}
        aside={
          <Select
            label={t('measure.label')}
            value={nameOf(measure)}
            onChange={(value) => change({ measure: value })}
            options={measuresOf(total)
              .filter((measure) => isAdmin || measure !== 'usd')
              .map((measure) => ({ value: nameOf(measure), text: measureName(measure) }))}
          />
        }
      >
        <UsageChart grouped={grouped} />
        <UsageLegend grouped={grouped} />
        {typeof measure === 'object' && total.quantities.size > 1 && <small>{t('measure.oneUnit')}</small>}
      </Panel>
      <Panel title={t('table.title')}>
        <UsageTable grouped={grouped} />
      </Panel>
    </>
  )
}
