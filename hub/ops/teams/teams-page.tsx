import { useTranslation } from 'react-i18next'
import { teamStates } from '../../../core/directory/states.ts'
import { Button } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { FilterBar, FilterSelect } from '../../components/filter-bar.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Panel } from '../../components/panel.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { View } from '../../components/view.tsx'
import { useFilters } from '../../filters.ts'
import { useSteady } from '../../use-steady.ts'
import { TeamTable } from './team-table.tsx'
import { useTeams } from './use-teams.ts'
import './teams.css'

/** All teams, found by words and by the states that may need an operator. */
export function TeamsPage() {
  const { t } = useTranslation('ops-teams')
  const { filters, change } = useFilters(['query', 'state'] as const)
  const { query = '', state } = filters
  const words = useSteady(query.trim())
  const read = useTeams({
    query: /[\p{L}\p{N}]/u.test(words) ? words : undefined,
    state: teamStates.find((each) => each === state),
  })
  return (
    <div className="teams">
      <PageHeading title={t('title')} />
      <FilterBar
        label={t('filters')}
        clear={t('clear')}
        isFiltered={query !== '' || state !== undefined}
        onClear={() => change({ query: '', state: '' })}
      >
        <SearchField label={t('search')} value={query} onChange={(text) => change({ query: text })} />
        <FilterSelect
          label={t('stateFilter')}
          any={t('anyState')}
          chosen={state}
          options={teamStates.map((each) => ({ value: each, text: t(`state.${each}`) }))}
          onChange={(chosen) => change({ state: chosen })}
        />
      </FilterBar>
      <Panel title={t('results')} aside={<Extent read={read} />}>
        <View query={read}>
          {() => (
            <div className="team-list" aria-busy={read.isPlaceholderData || read.isSearching}>
              {read.teams.length > 0 && <TeamTable teams={read.teams} />}
              <Further read={read} />
            </div>
          )}
        </View>
      </Panel>
    </div>
  )
}

interface ReadProps {
  readonly read: ReturnType<typeof useTeams>
}

/** The number of teams that are shown, which screen readers announce. */
function Extent({ read: { data, teams, hasNextPage, isSearching } }: ReadProps) {
  const { t } = useTranslation('ops-teams')
  const words = () => {
    if (data === undefined) return ''
    if (isSearching) return t('extent.searching')
    if (teams.length > 0) return t(`found.${hasNextPage ? 'first' : 'all'}`, { count: teams.length })
    return hasNextPage ? t('extent.noneYet') : t('extent.none')
  }
  return <span role="status">{words()}</span>
}

/** A button that reads on, where there is more. */
function Further({ read }: ReadProps) {
  const { t } = useTranslation('ops-teams')
  const { teams, hasNextPage, isFetchingNextPage, isSearching } = read
  const readOn = () => void read.fetchNextPage()
  if (read.isFetchNextPageError) return <ErrorState error={read.error} onRetry={readOn} />
  if (!hasNextPage || isSearching) return null
  return (
    <div className="buttons">
      <Button onPress={readOn} isPending={isFetchingNextPage}>
        {teams.length === 0 ? t('searchOn') : t('more')}
      </Button>
    </div>
  )
}
