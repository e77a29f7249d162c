import { useTranslation } from 'react-i18next'
import { useApps } from '../../apps.ts'
import { Button } from '../../components/button.tsx'
import { DayField } from '../../components/day-field.tsx'
import { DownloadButton } from '../../components/download-button.tsx'
import { Select } from '../../components/select.tsx'
import { useMeters, useOffer } from '../../meters.ts'
import { useTeamId } from '../../session/session-context.ts'
import { FocusExport } from './focus-export.tsx'
import { useOfferedMeters } from './measures.ts'
import { csvMeant } from './usage-csv.ts'
import type { UsageFilters } from './usage-filters.ts'
import { isByMonth, presetRange, presets, type Range } from './usage-range.ts'
import { type Group, groups, type RowFilter } from './usage-sums.ts'

export interface UsageControlsProps {
  readonly named: UsageFilters
  readonly range: Range
  /** The error of the range. Undefined: no error. */
  readonly problem: string | undefined
  readonly today: string
  readonly group: Group
}

/** The controls for the range of days, the filters and the grouping. */
export function UsageControls({ named, range, problem, today, group }: UsageControlsProps) {
  const { t } = useTranslation('usage')
  const { change } = named
  return (
    <section className="controls" aria-label={t('controls')}>
      <div className="presets">
        {presets.map((preset) => {
          const days = presetRange(preset, today)
          const by = isByMonth(preset) ? 'month' : ''
          const isChosen = days.from === range.from && days.to === range.to && by === (named.filters.by ?? '')
          return (
            <Button key={preset} onPress={() => change({ ...days, by })} aria-pressed={isChosen}>
              {t(`range.${preset}`)}
            </Button>
          )
        })}
      </div>
      <Groups group={group} onChoose={(value) => change({ group: value })} />
      <div className="fields">
        <DayField
          label={t('range.from')}
          value={range.from}
          today={today}
          onChange={(from) => change({ from })}
          isRequired
        />
        <DayField
          label={t('range.to')}
          value={range.to}
          today={today}
          onChange={(to) => change({ to })}
          isRequired
          problem={problem}
        />
        <RowFilters named={named} />
      </div>
      {problem === undefined && <Csv range={range} filter={named.filters} />}
      {problem === undefined && <FocusExport range={range} />}
    </section>
  )
}

interface GroupsProps {
  readonly group: Group
  readonly onChoose: (group: Group) => void
}

/** The groupings, each in one click. */
function Groups({ group, onChoose }: GroupsProps) {
  const { t } = useTranslation('usage')
  return (
    <fieldset className="presets groups">
      <legend>{t('group.label')}</legend>
      {groups.map((value) => (
        <Button key={value} onPress={() => onChoose(value)} aria-pressed={value === group}>
          {t(`group.${value}`)}
        </Button>
      ))}
    </fieldset>
  )
}

function RowFilters({ named: { filters, change } }: Pick<UsageControlsProps, 'named'>) {
  const { t } = useTranslation('usage')
  const apps = useApps()
  const meters = useMeters()
  const { data: offer } = useOffer()
  const rated = offer?.rateCard.meters ?? []
  const unrated = (offer?.unratedApis ?? []).map((api) => ({ value: api, text: meters.api(api) }))
  const options = {
    app: apps.list.map(({ appId, name }) => ({ value: appId, text: `${name} (${appId})` })),
    api: [
      ...[...new Set(rated.map(({ api }) => api))].map((api) => ({ value: api, text: meters.api(api) })),
      ...unrated,
    ],
    meter: [...rated.map(({ meter }) => ({ value: meter, text: meters.name(meter) })), ...unrated],
  }
  return (['app', 'api', 'meter'] as const).map((name) => {
    const chosen = filters[name]
    const isOffered = chosen === undefined || options[name].some(({ value }) => value === chosen)
    return (
      <Select
        key={name}
        label={t(`filter.${name}`)}
        value={chosen ?? ''}
        onChange={(value) => change({ [name]: value })}
        options={[
          { value: '', text: t('filter.any') },
          ...options[name],
          ...(isOffered ? [] : [{ value: chosen, text: chosen }]),
        ]}
      />
    )
  })
}

function Csv({ range, filter }: { readonly range: Range; readonly filter: RowFilter }) {
  const { t } = useTranslation('usage')
  const teamId = useTeamId()
  const offered = useOfferedMeters()
  const { data: offer } = useOffer()
  // The meters of an API come from the offer, which must be loaded first.
  if (filter.api !== undefined && offer === undefined) return null
  return (
    <div className="csv">
      <DownloadButton
        label={t('csv.download')}
        call="getUsage"
        given={{ params: { teamId }, query: { ...range, groupBy: 'day,meter,app', appId: filter.app } }}
        pick={(csv) => csvMeant(csv, filter, offered)}
        type="text/csv"
        fileName={`usage-${teamId}-${range.from}-${range.to}.csv`}
      />
      <small>{t('csv.what')}</small>
    </div>
  )
}
