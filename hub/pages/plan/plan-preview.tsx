import { useTranslation } from 'react-i18next'
import type { PlanAnswer as Plan } from '../../../contract/choose-plan.ts'
import { useMeters } from '../../meters.ts'
import { Missing } from '../../missing.tsx'
import type { Refused } from '../../refusals.tsx'
import { useFormat } from '../../use-format.ts'
import { PaidShortfall } from './paid-shortfall.tsx'

/** The effects of a change in plain words: what changes, when, what it pays, and what is refused then. */
export function PlanPreview({ answer }: { readonly answer: Plan }) {
  const { t } = useTranslation('plan')
  const { t: layout } = useTranslation('layout')
  const format = useFormat()
  const { plan, payAsYouGo, spendLimitUsdCents, preview } = answer
  if (preview === undefined) return null
  const { from, paysShortfall, refusedNow, refusedThen } = preview
  const names = { from: layout(`plan.${from.plan}`), to: layout(`plan.${plan}`) }
  const at = answer.effectiveAt
  return (
    <>
      <h3>{t('preview.title')}</h3>
      <ul className="preview">
        {from.plan !== plan && <li>{t('preview.plan', names)}</li>}
        <li>{at === undefined ? t('preview.atOnce') : t('preview.later', { at: format.instant(at) })}</li>
        {from.plan !== plan && plan !== 'none' && <li>{t(`preview.to.${plan}`)}</li>}
        {plan === 'paid' && <li>{payAsYouGo ? t('preview.payAsYouGo') : t('preview.tokensOnly')}</li>}
        {payAsYouGo &&
          (spendLimitUsdCents === undefined ? (
            <li>{t('preview.noLimit')}</li>
          ) : (
            <li>{t('preview.limit', { limit: format.usd(spendLimitUsdCents) })}</li>
          ))}
      </ul>
      <PaidShortfall charges={paysShortfall} />
      <RefusedThen now={refusedNow} then={refusedThen} />
    </>
  )
}

interface RefusedThenProps {
  readonly now: readonly Refused[]
  readonly then: readonly Refused[]
}

/** The refusals once the change is in force, each reason once, and the meters that work again. */
function RefusedThen({ now, then }: RefusedThenProps) {
  const { t } = useTranslation('plan')
  const meters = useMeters()
  const lifted = now.filter(
    ({ code, meter }) => !then.some((refusal) => refusal.code === code && refusal.meter === meter),
  )
  const reasons = [...new Map(then.map((refusal) => [refusal.code, refusal])).values()]
  const metersOf = (refused: readonly Refused[]) =>
    refused.flatMap(({ meter }) => (meter === undefined ? [] : [meters.name(meter)]))
  return (
    <>
      {lifted.length > 0 && (
        <p className="lifted">
          {t('preview.lifted')} {[...new Set(lifted.map(({ title }) => title))].join(' · ')}
        </p>
      )}
      {reasons.length === 0 && <p>{t('preview.nothingRefused')}</p>}
      {reasons.map(({ code, title, resolve }) => (
        <div key={code} className="refused-then">
          <p>
            {t('preview.refused')} <strong>{title}</strong>
          </p>
          <small>{metersOf(then.filter((refusal) => refusal.code === code)).join(' · ')}</small>
          <Missing refused={then.filter((refusal) => refusal.code === code)} />
          <p>{resolve}</p>
        </div>
      ))}
    </>
  )
}
