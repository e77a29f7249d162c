import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { View } from '../../components/view.tsx'
import { useOffer } from '../../meters.ts'
import { useTeamId } from '../../session/session-context.ts'
import './usage.css'
import { UsageControls } from './usage-controls.tsx'
import { useUsageFilters } from './usage-filters.ts'
import { presetRange, type Range } from './usage-range.ts'
import { groups } from './usage-sums.ts'
import { UsageView } from './usage-view.tsx'
import { useRangeProblem } from './use-range-problem.ts'
import { useUsage } from './use-usage.ts'

/** The usage by day. */
export function UsagePage() {
  const { t } = useTranslation('usage')
  const balance = useAnswer('getBalance', { params: { teamId: useTeamId() } })
  return (
    <>
      <PageHeading title={t('title')}>
        <p>{t('about')}</p>
      </PageHeading>
      <View query={balance} skeleton={<Skeleton lines={12} />}>
        {({ at }) => <UsageOf today={at.slice(0, 10)} />}
      </View>
    </>
  )
}

/** The balance is read all the time, but only a new day changes this part. */
const UsageOf = memo(function UsageOf({ today }: { readonly today: string }) {
  const { t } = useTranslation('usage')
  const named = useUsageFilters()
  const { filters } = named
  const offer = useOffer()
  const range = rangeOf(filters, today)
  const problem = useRangeProblem(range)
  const group = groups.find((name) => name === filters.group) ?? 'meter'
  const by = filters.by === 'month' ? 'month' : 'day'
  const isByApp = group === 'app' || filters.app !== undefined
  const usage = useUsage(range, {
    groupBy: isByApp ? `${by},meter,app` : `${by},meter`,
    appId: filters.app,
    isAsked: problem === undefined,
  })
  return (
    <div className="usage">
      <UsageControls named={named} range={range} problem={problem} today={today} group={group} />
      {problem === undefined && (
        // The units of meters must be known first, so that no sum is wrong for a moment.
        <View query={offer} skeleton={<Skeleton lines={12} />}>
          {() => (
            <View query={usage} skeleton={<Skeleton lines={12} />}>
              {(answer) => (
                <div className="read" aria-busy={usage.isPlaceholderData}>
                  {answer.cursor === undefined ? (
                    <UsageView {...{ answer, named, group, by, today }} />
                  ) : (
                    <p>{t('tooMuch')}</p>
                  )}
                </div>
              )}
            </View>
          )}
        </View>
      )}
    </div>
  )
})

/** Returns the days in the URL, by default those of the month so far. */
function rangeOf({ from, to }: { readonly from?: string; readonly to?: string }, today: string): Range {
  return { ...presetRange('period', today), ...pick(from, to) }
}

function pick(from: string | undefined, to: string | undefined): Partial<Range> {
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}
