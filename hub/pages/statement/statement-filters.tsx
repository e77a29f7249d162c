import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/client.ts'
import { useAnswer } from '../../api/queries.ts'
import { useApps } from '../../apps.ts'
import { DayField } from '../../components/day-field.tsx'
import { FilterBar, type FilterOption, FilterSelect } from '../../components/filter-bar.tsx'
import { useMeters, useOffer } from '../../meters.ts'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { type FilterName, filterNames, kinds, type StatementFilters as Named, sources } from './entry.ts'

export interface StatementFiltersProps {
  readonly filters: Named
  readonly onChange: (values: Named) => void
}

const monthsOffered = 24

/** The filters of the statement. */
export function StatementFilters({ filters, onChange }: StatementFiltersProps) {
  const { t } = useTranslation('statement')
  const { data: balance } = useAnswer('getBalance', { params: { teamId: useTeamId() } })
  const options = useOptions(balance)
  const select = (name: Exclude<FilterName, 'day'>) => (
    <FilterSelect
      label={t(`filter.${name}`)}
      any={t('filter.any')}
      options={options[name]}
      chosen={filters[name]}
      onChange={(value) => onChange({ [name]: value })}
    />
  )
  return (
    <FilterBar
      label={t('filter.title')}
      clear={t('filter.clear')}
      isFiltered={filterNames.some((name) => filters[name] !== undefined)}
      onClear={() => onChange(Object.fromEntries(filterNames.map((name) => [name, ''])))}
    >
      {select('kind')}
      {select('app')}
      {select('api')}
      {select('meter')}
      <DayField
        label={t('filter.day')}
        value={filters.day ?? ''}
        today={balance?.at.slice(0, 10)}
        onChange={(day) => onChange({ day })}
      />
      {select('source')}
      {select('period')}
      {select('lotId')}
    </FilterBar>
  )
}

function useOptions(
  balance: Answer<'getBalance'> | undefined,
): Readonly<Record<Exclude<FilterName, 'day'>, readonly FilterOption[]>> {
  const { t } = useTranslation('statement')
  const meters = useMeters()
  const apps = useApps()
  const format = useFormat()
  const { data: offer } = useOffer()
  const rated = offer?.rateCard.meters ?? []
  return {
    kind: kinds.map((kind) => ({ value: kind, text: t(`kind.${kind}`) })),
    app: apps.list.map(({ appId, name }) => ({ value: appId, text: `${name} (${appId})` })),
    api: [...new Set(rated.map(({ api }) => api))].map((api) => ({ value: api, text: meters.api(api) })),
    meter: rated.map(({ meter }) => ({ value: meter, text: meters.name(meter) })),
    source: sources.map((source) => ({ value: source, text: t(`source.${source}`) })),
    period: periodsUntil(balance?.period).map((period) => ({ value: period, text: format.period(period) })),
    lotId: (balance?.flex.lots ?? []).map(({ lotId }) => ({ value: lotId, text: lotId })),
  }
}

function periodsUntil(period: string | undefined): readonly string[] {
  if (period === undefined) return []
  const [year = 0, month = 0] = period.split('-').map(Number)
  return Array.from({ length: monthsOffered }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back)).toISOString().slice(0, 7),
  )
}
