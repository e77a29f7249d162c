import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/client.ts'
import { useAnswer } from '../../api/queries.ts'
import { useApps } from '../../apps.ts'
import { Button } from '../../components/button.tsx'
import { DayField } from '../../components/day-field.tsx'
import { Select } from '../../components/select.tsx'
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
  const isFiltered = filterNames.some((name) => filters[name] !== undefined)
  const select = (name: Exclude<FilterName, 'day'>) => (
    <Select
      label={t(`filter.${name}`)}
      value={filters[name] ?? ''}
      onChange={(value) => onChange({ [name]: value })}
      options={[{ value: '', text: t('filter.any') }, ...withChosen(options[name], filters[name])]}
    />
  )
  return (
    <section className="filters" aria-label={t('filter.title')}>
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
      {isFiltered && (
        <Button onPress={() => onChange(Object.fromEntries(filterNames.map((name) => [name, ''])))}>
          {t('filter.clear')}
        </Button>
      )}
    </section>
  )
}

interface Option {
  readonly value: string
  readonly text: string
}

function useOptions(
  balance: Answer<'getBalance'> | undefined,
): Readonly<Record<Exclude<FilterName, 'day'>, readonly Option[]>> {
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

/** Adds the chosen value to the options if they lack it: a link may name an app or a lot that no longer exists. */
function withChosen(options: readonly Option[], chosen: string | undefined): readonly Option[] {
  const isOffered = chosen === undefined || options.some(({ value }) => value === chosen)
  return isOffered ? options : [...options, { value: chosen, text: chosen }]
}

function periodsUntil(period: string | undefined): readonly string[] {
  if (period === undefined) return []
  const [year = 0, month = 0] = period.split('-').map(Number)
  return Array.from({ length: monthsOffered }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back)).toISOString().slice(0, 7),
  )
}
