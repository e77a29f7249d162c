import { useTranslation } from 'react-i18next'
import { useLive } from '../../api/queries.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { View } from '../../components/view.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { FreeGauges } from './free-gauges.tsx'
import './overview.css'

/** Does it work, until when, what was used, and what will it cost. */
export function OverviewPage() {
  const { t } = useTranslation('overview')
  const balance = useLive('getBalance', { params: { teamId: useTeamId() } })
  const format = useFormat()
  return (
    <>
      <PageHeading title={t('title')} />
      <View query={balance}>
        {({ period, resetsAt, free }) => (
          <div className="overview">
            <p>
              {t('period', { period: format.period(period) })} ·{' '}
              {t('resets', { at: format.instant(resetsAt) })}
            </p>
            <FreeGauges free={free} />
          </div>
        )}
      </View>
    </>
  )
}
