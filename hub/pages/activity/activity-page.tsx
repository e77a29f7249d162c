import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { DownloadButton } from '../../components/download-button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Panel } from '../../components/panel.tsx'
import { View } from '../../components/view.tsx'
import { useFilters } from '../../filters.ts'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { ActItem } from './act-item.tsx'
import './activity.css'
import { ActivityFilters } from './activity-filters.tsx'
import { type ActivityFilters as Filters, filterNames } from './acts.ts'
import { useActivity } from './use-activity.ts'

/** The acts of the team's people, newest first. Only admins open this page. */
export function ActivityPage() {
  const { t } = useTranslation('activity')
  const { filters, change } = useFilters(filterNames)
  const read = useActivity(filters)
  return (
    <>
      <PageHeading title={t('title')}>
        <p>{t('detail')}</p>
      </PageHeading>
      <div className="activity">
        <ActivityFilters filters={filters} acts={read.acts} onChange={change} />
        <Panel title={t('list')} aside={<Download filters={filters} />}>
          <View query={read}>
            {() => (
              <div className="activity-read" aria-busy={read.isPlaceholderData}>
                <ol className="acts" aria-label={t('list')}>
                  {read.acts.map((act) => (
                    <ActItem key={act.actId} act={act} />
                  ))}
                </ol>
                <Further read={read} isFiltered={Object.keys(filters).length > 0} />
              </div>
            )}
          </View>
        </Panel>
      </div>
    </>
  )
}

interface FurtherProps {
  readonly read: ReturnType<typeof useActivity>
  readonly isFiltered: boolean
}

/** The end of the list: a button for older acts, or the reason why there are none. */
function Further({ read, isFiltered }: FurtherProps) {
  const { t } = useTranslation('activity')
  const format = useFormat()
  const { acts, hasNextPage, isFetchingNextPage, searchedUntil } = read
  if (read.isFetchNextPageError)
    return <ErrorState error={read.error} onRetry={() => void read.fetchNextPage()} />
  if (!hasNextPage) return acts.length > 0 ? null : <p>{isFiltered ? t('noneFound') : t('none')}</p>
  const isOpenEnded = searchedUntil !== undefined && acts.length === 0
  return (
    <>
      {isOpenEnded && <p>{t('noneSince', { at: format.instant(searchedUntil) })}</p>}
      <div className="buttons">
        <Button onPress={() => void read.fetchNextPage()} isPending={isFetchingNextPage}>
          {isFetchingNextPage ? t('reading') : t('older')}
        </Button>
      </div>
    </>
  )
}

function Download({ filters }: { readonly filters: Filters }) {
  const { t } = useTranslation('activity')
  const teamId = useTeamId()
  return (
    <DownloadButton
      label={t('download')}
      call="listActivity"
      given={{ params: { teamId }, query: { ...filters, limit: '100' } as object }}
      type="text/csv"
      fileName={`activity-${teamId}.csv`}
    />
  )
}
