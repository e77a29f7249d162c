import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import type { ForecastAnswer as Forecast } from '../../../contract/get-forecast.ts'
import { useAnswer } from '../../api/queries.ts'
import { Panel } from '../../components/panel.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { View } from '../../components/view.tsx'
import { pathOf } from '../../paths.ts'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { monthRange } from '../usage/usage-range.ts'
import { Fact } from './fact.tsx'
import { LimitDays } from './limit-days.tsx'
import { Sparkline } from './sparkline.tsx'
import { TokenDays } from './token-days.tsx'
import { useCostText } from './use-cost-text.ts'

/** The cost of the month so far, its forecast, last month, and the days on which tokens and limits are used up. */
export function CostLine({ balance }: { readonly balance: Balance }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const forecast = useAnswer('getForecast', { params: { teamId: useTeamId() } })
  if (balance.plan === 'none') return null
  const title = t('cost.title', { period: format.period(balance.period) })
  return (
    <Panel title={title}>
      <View query={forecast} skeleton={<Skeleton lines={4} />}>
        {(answer) => <Line forecast={answer} isPaid={balance.plan === 'paid'} />}
      </View>
    </Panel>
  )
}

interface LineProps {
  readonly forecast: Forecast
  readonly isPaid: boolean
}

function Line({ forecast, isPaid }: LineProps) {
  const { t } = useTranslation('overview')
  const text = useCostText()
  const teamId = useTeamId()
  const { cost, lastMonth, tokens, limits, days, period, basis, at } = forecast
  const thisMonth = { from: `${period}-01`, to: at.slice(0, 10), group: 'app' }
  const before = { ...monthRange(lastMonth.period), group: 'app' }
  return (
    <>
      <dl className="standing">
        <Fact name={t('cost.soFar')}>
          <Link href={pathOf(teamId, 'usage', thisMonth)}>{text(cost.soFar)}</Link>
          <small>{t('cost.byApp')}</small>
        </Fact>
        <Fact name={t('cost.expected')}>
          <Expected forecast={forecast} />
        </Fact>
        <Fact name={t('cost.lastMonth')}>
          <Link href={pathOf(teamId, 'usage', before)}>{text(lastMonth)}</Link>
          <small>{t('cost.byApp')}</small>
        </Fact>
        {(isPaid || tokens.remaining > 0) && <TokenDays tokens={tokens} isTooEarly={basis.days === 0} />}
      </dl>
      <LimitDays limits={limits} />
      <Sparkline days={days} period={period} />
      {basis.days > 0 && (
        <details>
          <summary>{t('cost.how')}</summary>
          <p>{t('cost.basis')}</p>
        </details>
      )}
    </>
  )
}

/** The cost at the end of the month and its range. Without a full day of use there is no pace to go by. */
function Expected({ forecast: { cost, basis, period } }: Pick<LineProps, 'forecast'>) {
  const { t } = useTranslation('overview')
  const text = useCostText()
  const format = useFormat()
  if (basis.days === 0)
    return (
      <>
        –<small>{t('cost.tooEarly')}</small>
      </>
    )
  const [low, high] = [text(cost.low), text(cost.high)]
  return (
    <>
      {text(cost.expected)}
      <small>
        {low === high ? t('cost.byEnd', { period: format.period(period) }) : t('cost.range', { low, high })}
      </small>
    </>
  )
}
