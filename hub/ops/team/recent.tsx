import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { PageLink } from '../../components/page-link.tsx'
import { Panel } from '../../components/panel.tsx'
import { View } from '../../components/view.tsx'
import { useFilters } from '../../filters.ts'
import { ActItem } from '../../pages/activity/act-item.tsx'
import '../../pages/activity/activity.css'
import { filterNames } from '../../pages/statement/entry.ts'
import { EntryItem } from '../../pages/statement/entry-item.tsx'
import '../../pages/statement/statement.css'
import { StatementFilters } from '../../pages/statement/statement-filters.tsx'
import { useEntries } from '../../pages/statement/use-entries.ts'
import { useTeamId } from '../../session/session-context.ts'
import { EntryAct } from './entry-acts.tsx'

const actsShown = '5'

/** The last acts, and the entries, in which a wrong use is found by app, meter and day. */
export function Recent() {
  const { t } = useTranslation('ops-team')
  const acts = useAnswer('listActivity', { params: { teamId: useTeamId() }, query: { limit: actsShown } })
  return (
    <>
      <Panel title={t('acts.title')} aside={<PageLink page="activity">{t('acts.all')}</PageLink>}>
        <View query={acts} isEmpty={({ activity }) => activity.length === 0} empty={<p>{t('acts.none')}</p>}>
          {({ activity }) => (
            <ol className="acts">
              {activity.map((act) => (
                <ActItem key={act.actId} act={act} />
              ))}
            </ol>
          )}
        </View>
      </Panel>
      <Entries />
    </>
  )
}

function Entries() {
  const { t } = useTranslation('ops-team')
  const { filters, change } = useFilters(filterNames)
  const read = useEntries(filters)
  return (
    <section className="statement" aria-label={t('entries.title')}>
      <h2>{t('entries.title')}</h2>
      <p>{t('entries.detail')}</p>
      <StatementFilters filters={filters} onChange={change} />
      <View query={read}>
        {() => (
          <div className="read" aria-busy={read.isPlaceholderData}>
            {read.entries.length === 0 && !read.isGoingOn && <p>{t('entries.none')}</p>}
            <ol>
              {read.entries.map((entry) => (
                <EntryItem key={entry.version} entry={entry} act={<EntryAct entry={entry} />} />
              ))}
            </ol>
            {read.hasMore && (
              <Button onPress={read.readMore} isPending={read.isFetchingNextPage || read.isGoingOn}>
                {t('entries.more')}
              </Button>
            )}
          </div>
        )}
      </View>
    </section>
  )
}
