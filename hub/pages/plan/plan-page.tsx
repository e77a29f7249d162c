import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { View } from '../../components/view.tsx'
import { useOffer } from '../../meters.ts'
import { PaymentResult } from '../../payment/payment-result.tsx'
import { useRole, useTeamId } from '../../session/session-context.ts'
import { BuyTokens } from './buy-tokens.tsx'
import { ChoosePlan } from './choose-plan.tsx'
import { OfferLists } from './offer-lists.tsx'
import { Purchases } from './purchases.tsx'
import { RateCard } from './rate-card.tsx'
import './plan.css'

const skeleton = <Skeleton lines={12} />

/** The plans with their prices. An admin chooses a plan, buys tokens and sees the purchases here. */
export function PlanPage() {
  const { t } = useTranslation('plan')
  const params = { teamId: useTeamId() }
  const balance = useAnswer('getBalance', { params })
  const team = useAnswer('getTeam', { params })
  const offer = useOffer()
  const isAdmin = useRole() === 'admin'
  return (
    <>
      <PageHeading title={t('title')}>
        <p>{t('detail')}</p>
      </PageHeading>
      <div className="plan-page">
        {isAdmin && <PaymentResult />}
        <View query={balance} skeleton={skeleton}>
          {(now) => (
            <View query={team} skeleton={skeleton}>
              {(details) => <ChoosePlan balance={now} team={details} />}
            </View>
          )}
        </View>
        <View query={offer} skeleton={skeleton}>
          {(offered) => (
            <>
              <BuyTokens priceList={offered.priceList} balance={balance.data} team={team.data} />
              {isAdmin && <Purchases />}
              <RateCard offer={offered} />
              <OfferLists offer={offered} />
            </>
          )}
        </View>
      </div>
    </>
  )
}
