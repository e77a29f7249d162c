import { useId } from 'react'
import { Label } from 'react-aria-components/Label'
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../components/badge.tsx'

type Plan = 'free' | 'paid'

export interface PlanCardsProps {
  readonly chosen: Plan | undefined
  readonly inForce: Plan | 'none'
  readonly isDisabled: boolean
  readonly onChoose: (plan: Plan) => void
}

const isPlan = (value: string): value is Plan => value === 'free' || value === 'paid'

/** Both plans side by side, as a choice of one. */
export function PlanCards({ chosen, inForce, isDisabled, onChoose }: PlanCardsProps) {
  const { t } = useTranslation('plan')
  return (
    <RadioGroup
      className="plan-cards"
      value={chosen ?? null}
      onChange={(value) => isPlan(value) && onChoose(value)}
      isDisabled={isDisabled}
    >
      <Label>{t('plans.label')}</Label>
      <PlanCard plan="free" isInForce={inForce === 'free'} />
      <PlanCard plan="paid" isInForce={inForce === 'paid'} />
    </RadioGroup>
  )
}

function PlanCard({ plan, isInForce }: { readonly plan: Plan; readonly isInForce: boolean }) {
  const { t } = useTranslation('plan')
  const { t: layout } = useTranslation('layout')
  const detailId = useId()
  return (
    <Radio value={plan} className="plan-card" aria-label={layout(`plan.${plan}`)} aria-describedby={detailId}>
      <span className="plan-name">
        {layout(`plan.${plan}`)} {isInForce && <Badge tone="good">{t('plans.inForce')}</Badge>}
      </span>
      <span id={detailId} className="plan-detail">
        <strong>{t(`card.${plan}.price`)}</strong>
        <span>{t(`card.${plan}.amount`)}</span>
        <span>{t(`card.${plan}.end`)}</span>
        <span>{t(`card.${plan}.needs`)}</span>
      </span>
    </Radio>
  )
}
