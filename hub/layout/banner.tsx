import { useTranslation } from 'react-i18next'
import { useRoute } from 'wouter'
import { useAnswer } from '../api/queries.ts'
import { LinkButton } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { PageButton } from '../components/page-link.tsx'
import { Missing } from '../missing.tsx'
import { pathOf } from '../paths.ts'
import { FailedDues, FailedPurchases, failedDues } from '../payment/failed-dues.tsx'
import { Cure } from '../refusals.tsx'
import { useTeamId } from '../session/session-context.ts'
import { useFormat } from '../use-format.ts'
import './banner.css'

/**
 * A banner below the header: the figures are outdated, or usage will stop or has stopped. Its button leads to the
 * solution.
 */
export function Banner() {
  const { t } = useTranslation()
  const teamId = useTeamId()
  const format = useFormat()
  const { data, isError, fetchStatus } = useAnswer('getBalance', { params: { teamId } })
  // That page says it with each payment, next to the ways to pay.
  const [isInvoices] = useRoute(pathOf(teamId, 'invoices'))
  const [isPlan] = useRoute(pathOf(teamId, 'plan'))
  if (data === undefined) return null
  const wholeTeam = data.refused.filter(({ meter }) => meter === undefined)
  return (
    <div className="banner">
      {(isError || fetchStatus === 'paused') && (
        <Notice title={t('states.behind.title')} tone="warn">
          <p>{t('states.behind.detail', { at: format.instant(data.at) })}</p>
        </Notice>
      )}
      {data.warnings
        .filter(({ meter, code }) => meter === undefined && !(isInvoices && code === 'PAYMENT_FAILED'))
        .map(({ code, title, detail, until }) => (
          <Notice key={code} title={title} tone="warn">
            {code === 'PAYMENT_FAILED' && failedDues(data).length > 0 ? (
              <FailedDues balance={data} />
            ) : (
              <p>
                {detail} {until !== undefined && t('banner.until', { at: format.instant(until) })}
              </p>
            )}
            <Solve page={code === 'PAYMENT_FAILED' ? 'invoices' : 'plan'} />
          </Notice>
        ))}
      {!isPlan && (data.failedPurchases ?? []).length > 0 && (
        <Notice title={t('banner.failedPurchase')} tone="warn">
          <FailedPurchases balance={data} />
          <Solve page="plan" />
        </Notice>
      )}
      {wholeTeam.map((refused) => (
        <Notice key={refused.code} title={refused.title} tone="bad">
          <p>{refused.detail}</p>
          <Missing refused={[refused]} />
          {refused.code === 'PAYMENT_OVERDUE' && <FailedDues balance={data} />}
          <Cure refused={refused} />
        </Notice>
      ))}
      <RefusedMeters count={data.refused.length - wholeTeam.length} />
    </div>
  )
}

function Solve({ page }: { readonly page: 'plan' | 'invoices' }) {
  const { t } = useTranslation()
  return <PageButton page={page}>{t(`banner.solve.${page}`)}</PageButton>
}

/** The overview says more about each meter, so the banner does not appear there. */
function RefusedMeters({ count }: { readonly count: number }) {
  const { t } = useTranslation()
  const overview = pathOf(useTeamId(), 'overview')
  const [isOverview] = useRoute(overview)
  if (count === 0 || isOverview) return null
  return (
    <Notice title={t('banner.meters', { count })} tone="bad">
      <LinkButton href={overview}>{t('banner.toOverview')}</LinkButton>
    </Notice>
  )
}
