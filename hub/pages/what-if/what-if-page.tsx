import { useTranslation } from 'react-i18next'
import { tokensMax } from '../../../contract/fields.ts'
import type { OfferAnswer as Offer } from '../../../contract/get-offer.ts'
import { useAnswer } from '../../api/queries.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { Panel } from '../../components/panel.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { View } from '../../components/view.tsx'
import { useOffer } from '../../meters.ts'
import { useTeamId } from '../../session/session-context.ts'
import { useSteady } from '../../use-steady.ts'
import { bodyOf, purchaseFault, useAsked } from './asked.ts'
import { MeterCosts } from './meter-costs.tsx'
import { PlanCosts } from './plan-costs.tsx'
import { PurchaseForm } from './purchase-form.tsx'
import { UseForm } from './use-form.tsx'
import './what-if.css'

/** The calculator: the cost of a month's use on each plan, and the course of a purchase of tokens. */
export function WhatIfPage() {
  const { t } = useTranslation('what-if')
  const balance = useAnswer('getBalance', { params: { teamId: useTeamId() } })
  const offer = useOffer()
  return (
    <>
      <PageHeading title={t('title')}>
        <p>{t('detail')}</p>
      </PageHeading>
      <div className="what-if-page">
        <View query={balance} skeleton={<Skeleton lines={12} />}>
          {({ at }) => (
            <View query={offer} skeleton={<Skeleton lines={12} />}>
              {(offered) => <Calculator offer={offered} today={at.slice(0, 10)} />}
            </View>
          )}
        </View>
      </div>
    </>
  )
}

function Calculator({ offer, today }: { readonly offer: Offer; readonly today: string }) {
  const { t } = useTranslation('what-if')
  const { asked, months, change } = useAsked(today)
  const fault = purchaseFault(asked, offer.priceList.minimumTokens, { today, tokensMax })
  const body = useSteady(JSON.stringify(bodyOf(asked, offer, fault === undefined)))
  const answer = useWhatIf(body)
  const isAsked = body !== undefined
  return (
    <>
      <Panel title={t('use.title')}>
        <UseForm asked={asked} months={months} meters={offer.rateCard.meters} change={change} />
      </Panel>
      <Panel title={t('plans.title')}>
        {isAsked ? (
          <View query={answer} skeleton={<Skeleton lines={8} />}>
            {(found) => (
              <>
                <PlanCosts found={found} />
                <MeterCosts found={found} isOwnUse={asked.way === 'month'} />
              </>
            )}
          </View>
        ) : (
          <p>{t('plans.typeFirst')}</p>
        )}
      </Panel>
      <Panel title={t('purchase.title')}>
        <PurchaseForm
          asked={asked}
          change={change}
          fault={fault}
          offer={offer}
          today={today}
          found={isAsked ? answer.data?.purchase : undefined}
        />
      </Panel>
    </>
  )
}

/** The answer for a body, which is given as a text because it is steady then. */
function useWhatIf(body: string | undefined) {
  const params = { teamId: useTeamId() }
  return useAnswer(
    'whatIf',
    { params, body: body === undefined ? { use: {} } : JSON.parse(body) },
    { isAsked: body !== undefined },
  )
}
