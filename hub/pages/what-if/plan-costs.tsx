import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { WhatIfAnswer as WhatIf } from '../../../contract/what-if.ts'
import { Badge } from '../../components/badge.tsx'
import { useMeters } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'

type PlanCost = WhatIf['plans'][number]
type Cost = Pick<PlanCost, 'tokens' | 'usdCents' | 'purchase' | 'meters'>

/** The plans as columns, the best one marked, and the rates before the launch for comparison. */
export function PlanCosts({ found }: { readonly found: WhatIf }) {
  const { t } = useTranslation('what-if')
  const format = useFormat()
  const { plans, before, best, unrated } = found
  const names = useMeters()
  if (plans.every(({ meters }) => meters.length === 0)) return <p>{t('plans.noUse')}</p>
  return (
    <>
      <p>{t('plans.best', { plan: t(`plan.${best}`) })}</p>
      <ul className="plan-costs">
        {plans.map((plan) => (
          <CostCard
            key={plan.plan}
            name={t(`plan.${plan.plan}`)}
            cost={plan}
            isBest={plan.plan === best}
            isFree={plan.plan === 'free'}
            mark={plan.plan === best && <Badge tone="good">{t('plans.bestMark')}</Badge>}
          >
            <Refused plan={plan} />
          </CostCard>
        ))}
        <CostCard
          name={t('before.name', { until: format.day(before.until) })}
          cost={before}
          mark={<Badge>{t('before.mark')}</Badge>}
        >
          <p>{t('before.detail')}</p>
        </CostCard>
      </ul>
      {unrated.length > 0 && (
        <p>{t('plans.unrated', { names: unrated.map((name) => names.name(name)).join(t('and')) })}</p>
      )}
      <small>{t('plans.basis')}</small>
    </>
  )
}

interface CostCardProps {
  readonly name: string
  readonly cost: Cost
  readonly isBest?: boolean
  readonly isFree?: boolean
  readonly mark: ReactNode
  readonly children: ReactNode
}

function CostCard({ name, cost, isBest = false, isFree = false, mark, children }: CostCardProps) {
  const { t } = useTranslation('what-if')
  const format = useFormat()
  const { tokens, usdCents, purchase } = cost
  return (
    <li className={isBest ? 'best' : undefined}>
      <h3>
        {name} {mark}
      </h3>
      <Total cost={cost} isFree={isFree} />
      {usdCents !== undefined && tokens > 0 && (
        <p>{t('plans.uses', { count: tokens, tokens: format.tokens(tokens) })}</p>
      )}
      {purchase !== undefined && (
        <p>
          {purchase.unitPriceUsdCents === undefined
            ? t('plans.buysTokens', { count: purchase.tokens, tokens: format.tokens(purchase.tokens) })
            : t('plans.buys', {
                count: purchase.tokens,
                tokens: format.tokens(purchase.tokens),
                price: format.usd(purchase.unitPriceUsdCents),
              })}
        </p>
      )}
      {purchase !== undefined && purchase.left > 0 && (
        <p>{t('plans.left', { count: purchase.left, tokens: format.tokens(purchase.left) })}</p>
      )}
      {children}
    </li>
  )
}

/** The cost in money; without money, in tokens, as far as it has any. */
function Total({ cost, isFree }: { readonly cost: Cost; readonly isFree: boolean }) {
  const { t } = useTranslation('what-if')
  const format = useFormat()
  const { tokens, usdCents } = cost
  if (usdCents !== undefined) return <strong className="total">{format.usd(usdCents)}</strong>
  if (tokens > 0)
    return (
      <strong className="total">{t('plans.tokens', { count: tokens, tokens: format.tokens(tokens) })}</strong>
    )
  return isFree ? <strong className="total">{t('plans.noCost')}</strong> : <p>{t('plans.hidden')}</p>
}

function Refused({ plan: { meters, unmet } }: { readonly plan: PlanCost }) {
  const { t } = useTranslation('what-if')
  const names = useMeters()
  const format = useFormat()
  const refused = meters.filter((meter) => meter.refused > 0)
  return (
    <>
      {refused.length === 0 && <p>{t('plans.nothingRefused')}</p>}
      {refused.length > 0 && (
        <div className="refused">
          <p>{t('plans.refused')}</p>
          <ul>
            {refused.map(({ meter, refused: quantity, refusedFrom }) => (
              <li key={meter}>
                <strong>{names.quantity(meter, quantity)}</strong> {names.name(meter)}
                {refusedFrom !== undefined && ` ${t('plans.from', { day: format.dayOfYear(refusedFrom) })}`}
              </li>
            ))}
          </ul>
        </div>
      )}
      {unmet.map((condition) => (
        <p key={condition} className="unmet">
          {t(`unmet.${condition}`)}
        </p>
      ))}
    </>
  )
}
