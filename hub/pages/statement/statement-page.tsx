import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { View } from '../../components/view.tsx'
import { useFilters } from '../../filters.ts'
import { filterNames } from './entry.ts'
import { EntryItem } from './entry-item.tsx'
import './statement.css'
import { StatementFilters } from './statement-filters.tsx'
import { StatementTotals } from './statement-totals.tsx'
import { useEntries } from './use-entries.ts'

/** All entries of the team's account, newest first. */
export function StatementPage() {
  const { t } = useTranslation('statement')
  const { filters, change } = useFilters(filterNames)
  const read = useEntries(filters)
  return (
    <>
      <PageHeading title={t('title')}>
        <p>{t('about')}</p>
      </PageHeading>
      <div className="statement">
        <StatementFilters filters={filters} onChange={change} />
        <View query={read} skeleton={<Skeleton lines={12} />}>
          {() => (
            <div className="read" aria-busy={read.isPlaceholderData}>
              <StatementTotals entries={read.entries} filters={filters} isAll={!read.hasNextPage} />
              <ol>
                {read.entries.map((entry) => (
                  <EntryItem key={entry.version} entry={entry} />
                ))}
              </ol>
              <Further read={read} />
            </div>
          )}
        </View>
      </div>
    </>
  )
}

/** The end of the list: a button for more entries, an error, or a closing line. */
function Further({ read }: { readonly read: ReturnType<typeof useEntries> }) {
  const { t } = useTranslation('statement')
  if (read.isError) return <ErrorState error={read.error} onRetry={read.readMore} />
  if (read.isCutOff) return <p>{t('further.tooMany')}</p>
  if (!read.hasMore)
    return <p className="end">{read.entries.length === 0 ? t('further.none') : t('further.end')}</p>
  const isReading = read.isFetchingNextPage || read.isGoingOn
  return (
    <div className="further">
      {read.entries.length === 0 && !isReading && <p>{t('further.noneYet')}</p>}
      <Button onPress={read.readMore} isPending={isReading}>
        {isReading ? t('further.reading') : t('further.more')}
      </Button>
    </div>
  )
}
