import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { teamStates } from '../../../core/directory/states.ts'
import { Button } from '../../components/button.tsx'
import { FilterBar, FilterSelect } from '../../components/filter-bar.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { View } from '../../components/view.tsx'
import { useFilters } from '../../filters.ts'
import { TeamTable } from './team-table.tsx'
import { useTeams } from './use-teams.ts'

/** All teams, found by words and by the states that may need an operator. */
export function TeamsPage() {
  const { t } = useTranslation('ops-teams')
  const { filters, change } = useFilters(['query', 'state'] as const)
  const { query = '', state } = filters
  const words = useDeferredValue(query.trim())
  const teams = useTeams({
    query: /[\p{L}\p{N}]/u.test(words) ? words : undefined,
    state: teamStates.find((each) => each === state),
  })
  return (
    <>
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
      <View
        query={teams}
        isEmpty={({ pages }) => pages.every((page) => page.teams.length === 0) && !teams.hasNextPage}
        empty={<p>{t('none')}</p>}
      >
        {({ pages }) => <TeamTable teams={pages.flatMap((page) => page.teams)} />}
      </View>
      {teams.hasNextPage && (
        <Button isPending={teams.isFetchingNextPage} onPress={() => void teams.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  )
}
