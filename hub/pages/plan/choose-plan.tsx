import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import type { TeamDetailsAnswer as TeamDetails } from '../../../contract/get-team.ts'
import { PageLink } from '../../components/page-link.tsx'
import { Panel } from '../../components/panel.tsx'
import { useMayChange, useRole } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { PayAsYouGo } from './pay-as-you-go.tsx'
import { PlanCards } from './plan-cards.tsx'
import { PlanChange } from './plan-change.tsx'
import { PlanChosen } from './plan-chosen.tsx'
import { chosenPlan, isSamePlan, type WantedPlan } from './wanted-plan.ts'

export interface ChoosePlanProps {
  readonly balance: Balance
  readonly team: TeamDetails
}

interface Choice {
  /** The choices that differ from the current plan. */
  readonly edits: Partial<WantedPlan>
  /** The change that was just made. The next choice clears it. */
  readonly done?: WantedPlan
}

/** The plans side by side. A change to one of them shows a preview first. */
export function ChoosePlan({ balance, team }: ChoosePlanProps) {
  const { t } = useTranslation('plan')
  const [choice, setChoice] = useState<Choice>({ edits: {} })
  const isDeveloper = useRole() === 'developer'
  const mayChange = useMayChange()
  const chosen = chosenPlan(balance)
  const wanted = { ...chosen, ...choice.edits }
  const edit = (more: Partial<WantedPlan>) => setChoice(({ edits }) => ({ edits: { ...edits, ...more } }))
  // The page may show the new plan before the answer to the change arrives. A choice made in between stays.
  const finish = () => setChoice((now) => (now === choice ? { edits: {}, done: wanted } : now))
  return (
    <Panel title={t('plans.title')} aside={<PageLink page="what-if">{t('plans.whatIf')}</PageLink>}>
      <PlanNow balance={balance} />
      {isDeveloper && <p>{t('plans.adminOnly')}</p>}
      {mayChange && wanted.plan === undefined && <p>{t('plans.choose')}</p>}
      <PlanCards
        chosen={wanted.plan}
        inForce={balance.plan}
        isDisabled={!mayChange}
        onChoose={(plan) => edit({ plan })}
      />
      {wanted.plan === 'paid' && (
        <PayAsYouGo wanted={wanted} team={team} isDisabled={!mayChange} onChange={edit} />
      )}
      {choice.done !== undefined && <PlanChosen plan={choice.done} balance={balance} />}
      {wanted.plan !== undefined && !isSamePlan(chosen, wanted) && (
        <PlanChange wanted={wanted} plan={wanted.plan} inForce={balance.plan} onDone={finish} />
      )}
    </Panel>
  )
}

/** The plan in force, and the next one. */
function PlanNow({ balance: { plan, nextPlan, payAsYouGo } }: Pick<ChoosePlanProps, 'balance'>) {
  const { t } = useTranslation('plan')
  const { t: layout } = useTranslation('layout')
  const format = useFormat()
  const limit = payAsYouGo.spendLimitUsdCents
  return (
    <p>
      {t('now.plan', { plan: layout(`plan.${plan}`) })}{' '}
      {payAsYouGo.enabled &&
        (limit === undefined ? t('now.payAsYouGo') : t('now.limited', { limit: format.usd(limit) }))}{' '}
      {nextPlan &&
        t('now.next', { plan: layout(`plan.${nextPlan.plan}`), at: format.instant(nextPlan.effectiveAt) })}
    </p>
  )
}
