import { useTranslation } from 'react-i18next'
import type { ForecastAnswer as Forecast } from '../../../contract/get-forecast.ts'
import { PageLink } from '../../components/page-link.tsx'
import { useFormat } from '../../use-format.ts'
import { Fact } from './fact.tsx'

interface TokenDaysProps {
  readonly tokens: Forecast['tokens']
  /** True: there is no pace yet. */
  readonly isTooEarly: boolean
}

/** The day on which the tokens run out at today's pace, and those that lapse unused. */
export function TokenDays({ tokens, isTooEarly }: TokenDaysProps) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { remaining, runOutOn, runOutEarliestOn, runOutLatestOn, lapsing } = tokens
  const left = t('paid.tokens', { count: remaining, tokens: format.tokens(remaining) })
  const day = (on: string) => format.day(on)
  return (
    <Fact name={t('cost.tokens')}>
      <PageLink page="plan">{left}</PageLink>
      {isTooEarly && remaining > 0 && <small>{t('cost.tooEarly')}</small>}
      {runOutOn !== undefined && remaining > 0 && <span>{t('cost.runOut', { on: day(runOutOn) })}</span>}
      {remaining > 0 && runOutEarliestOn !== undefined && runOutEarliestOn !== runOutLatestOn && (
        <small>
          {runOutLatestOn === undefined
            ? t('cost.runOutEarliest', { on: day(runOutEarliestOn) })
            : t('cost.runOutRange', { from: day(runOutEarliestOn), to: day(runOutLatestOn) })}
        </small>
      )}
      {!isTooEarly &&
        lapsing.map((lot) => (
          <small key={lot.lotId}>
            {t('cost.lapse', {
              count: lot.tokens,
              tokens: format.tokens(lot.tokens),
              on: format.instant(lot.expiresAt),
            })}
          </small>
        ))}
    </Fact>
  )
}
