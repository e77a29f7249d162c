import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { View } from '../../components/view.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { CostLine } from './cost-line.tsx'
import { FreeGauges } from './free-gauges.tsx'
import { IncludedGauges } from './included-gauges.tsx'
import { LapsingSoon } from './lapsing-soon.tsx'
import { PaidMeters } from './paid-meters.tsx'
import { PayAsYouGo } from './pay-as-you-go.tsx'
import { RefusedNow } from './refused-now.tsx'
import { Standing } from './standing.tsx'
import { StoppedApps } from './stopped-apps.tsx'
import { Tokens } from './tokens.tsx'
import './overview.css'

/** The first questions of a team: do the apps work, until when, what was used, what does it cost, what is next. */
export function OverviewPage() {
  const { t } = useTranslation('overview')
  const balance = useAnswer('getBalance', { params: { teamId: useTeamId() } })
  return (
    <>
      <PageHeading title={t('title')} />
      <View query={balance}>
        {(answer) => (
          <div className="overview">
            <CostLine balance={answer} />
            <LapsingSoon balance={answer} />
            <Standing balance={answer} />
            <StoppedApps balance={answer} />
            <RefusedNow refused={answer.refused} />
            <IncludedGauges included={answer.included} />
            <FreeGauges free={answer.free} />
            <PaidMeters balance={answer} />
            <Tokens balance={answer} />
            <PayAsYouGo balance={answer} />
          </div>
        )}
      </View>
    </>
  )
}
