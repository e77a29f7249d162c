import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import { useAnswer } from '../../api/queries.ts'
import { Badge } from '../../components/badge.tsx'
import { LinkButton } from '../../components/button.tsx'
import { Panel } from '../../components/panel.tsx'
import { pathOf } from '../../paths.ts'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { Fact } from './fact.tsx'

/** The four first questions: do the apps work, on which plan, until when, and what is next. */
export function Standing({ balance }: { readonly balance: Balance }) {
  const { t } = useTranslation('overview')
  const { t: layout } = useTranslation('layout')
  const format = useFormat()
  const { plan, nextPlan, payAsYouGo, refused, period, resetsAt, at } = balance
  return (
    <Panel title={t('standing.title')}>
      <dl className="standing">
        <Fact name={t('standing.apps')}>
          <Apps isPartly={refused.length > 0} />
        </Fact>
        <Fact name={t('standing.plan')}>
          {layout(`plan.${plan}`)}
          {plan === 'paid' && (
            <small>{t(`standing.funding.${payAsYouGo.enabled ? 'payAsYouGo' : 'flex'}`)}</small>
          )}
          {nextPlan !== undefined && (
            <small>
              {t('standing.nextPlan', {
                plan: layout(`plan.${nextPlan.plan}`),
                at: format.instant(nextPlan.effectiveAt),
              })}
            </small>
          )}
        </Fact>
        <Fact name={t('standing.period')}>
          {format.period(period)}
          <small>
            {t('standing.resets', { at: format.instant(resetsAt), in: format.distance(resetsAt, at) })}
          </small>
        </Fact>
      </dl>
    </Panel>
  )
}

/**
 * The number of working apps, the first date on which one stops, and a link to resolve that. `isPartly`: some APIs are
 * refused to them.
 */
function Apps({ isPartly }: { readonly isPartly: boolean }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const teamId = useTeamId()
  const { data, errorUpdateCount } = useAnswer('getOnboarding', { params: { teamId } })
  if (data === undefined) return <span>{errorUpdateCount > 0 ? t('standing.unknown') : '…'}</span>
  const stopped = data.apps.filter(({ works }) => !works).length
  const [stopsAt] = data.apps.flatMap((app) => (app.works && app.stopsAt ? [app.stopsAt] : [])).sort()
  const todo = data.steps.some(({ done, optional }) => !done && !optional)
  return (
    <>
      <span className="badges">
        {data.apps.length === 0 && t('standing.noApp')}
        {stopped < data.apps.length && (
          <Badge tone={isPartly ? 'warn' : 'good'}>
            {t('standing.works', { count: data.apps.length - stopped })}
          </Badge>
        )}
        {stopped > 0 && <Badge tone="bad">{t('standing.stopped', { count: stopped })}</Badge>}
      </span>
      {isPartly && stopped < data.apps.length && <small>{t('standing.partly')}</small>}
      {stopsAt !== undefined && <small>{t('standing.stopsAt', { at: format.instant(stopsAt) })}</small>}
      {todo && <LinkButton href={pathOf(teamId, 'apps')}>{t('standing.next')}</LinkButton>}
    </>
  )
}
