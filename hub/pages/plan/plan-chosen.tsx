import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import { LinkButton } from '../../components/button.tsx'
import { ResultNotice } from '../../components/result-notice.tsx'
import { pathOf } from '../../paths.ts'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { tokensFieldId } from './token-form.tsx'
import type { WantedPlan } from './wanted-plan.ts'

export interface PlanChosenProps {
  readonly plan: WantedPlan
  readonly balance: Balance
}

/** Confirms the chosen plan and offers the next step: to buy tokens if nothing else pays, or else the apps. */
export function PlanChosen({ plan: { plan = 'free', payAsYouGo }, balance }: PlanChosenProps) {
  const { t } = useTranslation('plan')
  const { t: layout } = useTranslation('layout')
  const teamId = useTeamId()
  const format = useFormat()
  const { nextPlan, flex } = balance
  const name = layout(`plan.${plan}`)
  const title =
    nextPlan === undefined
      ? t('chosen.now', { plan: name })
      : t('chosen.later', { plan: name, at: format.instant(nextPlan.effectiveAt) })
  const needsTokens = plan === 'paid' && !payAsYouGo && flex.tokens === 0
  return (
    <ResultNotice title={title} level={3}>
      {needsTokens ? (
        <>
          <p>{t('chosen.tokensNext')}</p>
          <a className="button primary" href={`#${tokensFieldId}`}>
            {t('chosen.toTokens')}
          </a>
        </>
      ) : (
        <LinkButton href={pathOf(teamId, 'apps')}>{t('toApps')}</LinkButton>
      )}
    </ResultNotice>
  )
}
