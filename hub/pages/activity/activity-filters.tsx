import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { useApps } from '../../apps.ts'
import { DayField } from '../../components/day-field.tsx'
import { FilterBar, type FilterOption, FilterSelect } from '../../components/filter-bar.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { type Act, type ActivityFilters as Filters, filterNames, kinds } from './acts.ts'

export interface ActivityFiltersProps {
  readonly filters: Filters
  /** The acts that are shown. Their people can be chosen, too, after they have left the team. */
  readonly acts: readonly Act[]
  readonly onChange: (values: Filters) => void
}

/** The filters of the activity: person, kind, thing and days. */
export function ActivityFilters({ filters, acts, onChange }: ActivityFiltersProps) {
  const { t } = useTranslation('activity')
  const { data: balance } = useAnswer('getBalance', { params: { teamId: useTeamId() } })
  const options = useOptions(acts)
  const today = balance?.at.slice(0, 10)
  const select = (name: 'actor' | 'kind' | 'target') => (
    <FilterSelect
      label={t(`filter.${name}`)}
      any={t('filter.any')}
      options={options[name]}
      chosen={filters[name]}
      onChange={(value) => onChange({ [name]: value })}
    />
  )
  const day = (name: 'from' | 'to') => (
    <DayField
      label={t(`filter.${name}`)}
      value={filters[name] ?? ''}
      today={today}
      onChange={(chosen) => onChange({ [name]: chosen })}
    />
  )
  return (
    <FilterBar
      label={t('filter.title')}
      clear={t('filter.clear')}
      isFiltered={filterNames.some((name) => filters[name] !== undefined)}
      onClear={() => onChange(Object.fromEntries(filterNames.map((name) => [name, ''])))}
    >
      {select('actor')}
      {select('kind')}
      {select('target')}
      {day('from')}
      {day('to')}
    </FilterBar>
  )
}

function useOptions(
  acts: readonly Act[],
): Readonly<Record<'actor' | 'kind' | 'target', readonly FilterOption[]>> {
  const { t } = useTranslation('activity')
  const params = { teamId: useTeamId() }
  const apps = useApps()
  const { data: people } = useAnswer('listMembers', { params })
  const { data: settings } = useAnswer('getNotifications', { params })
  const members = people?.members.map(({ email }) => email) ?? []
  const actors = new Set([...members, ...acts.map(({ actor }) => actor.email ?? actor.subject)])
  return {
    actor: [...actors].map((value) => ({ value, text: value })),
    kind: kinds.map((kind) => ({ value: kind, text: t(`name.${kind}`) })),
    target: [
      ...apps.list.map(({ appId, name }) => ({ value: appId, text: `${name} (${appId})` })),
      ...members.map((email) => ({ value: email, text: email })),
      ...(settings?.webhooks ?? []).map(({ webhookId, url }) => ({ value: webhookId, text: url })),
    ],
  }
}
