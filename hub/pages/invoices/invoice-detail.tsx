import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../components/button.tsx'
import { DownloadButton } from '../../components/download-button.tsx'
import { Notice } from '../../components/notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { pathOf } from '../../paths.ts'
import { PayLinks } from '../../payment/pay-links.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import type { Invoice } from './documents.ts'
import { InvoiceLines, SumRow } from './invoice-lines.tsx'
import { InvoiceFailure } from './invoice-state.tsx'
import { StatusBadge } from './status-badge.tsx'

export interface InvoiceDetailProps {
  readonly period: string
  /** Undefined: the period has no invoice. */
  readonly invoice: Invoice | undefined
}

/** One invoice: its lines, amount, payment state and documents. */
export function InvoiceDetail({ period, invoice }: InvoiceDetailProps) {
  const { t } = useTranslation('invoices')
  const list = pathOf(useTeamId(), 'invoices')
  return (
    <>
      <p>
        <LinkButton href={list}>{t('detail.back')}</LinkButton>
      </p>
      {invoice === undefined ? (
        <Notice title={t('detail.none', { period })}>
          <p>{t('detail.noneWhy')}</p>
        </Notice>
      ) : (
        <Bill invoice={invoice} />
      )}
    </>
  )
}

function Bill({ invoice }: { readonly invoice: Invoice }) {
  const { t } = useTranslation('invoices')
  const format = useFormat()
  const { period, status, invoiceId, teamName, issuedAt, payBy, paymentReference, lines, failedAt } = invoice
  const { carriedInUsdCents = 0, carriedUsdCents = 0 } = invoice
  const title = t('detail.title', { period: format.period(period) })
  const facts = [
    [t('detail.id'), invoiceId],
    [t('detail.team'), teamName],
    [t('column.issued'), format.instant(issuedAt)],
    ...(payBy === undefined ? [] : [[t('detail.payBy'), format.day(payBy)]]),
    [t('column.reference'), paymentReference],
  ]
  return (
    <Panel title={title} aside={<StatusBadge status={status} />}>
      {failedAt === undefined ? (
        <p>{t(`statusMeans.${status}`)}</p>
      ) : (
        <>
          <InvoiceFailure invoice={invoice} />
          <PayLinks paymentReference={paymentReference} usdCents={invoice.dueUsdCents} />
        </>
      )}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <InvoiceLines label={title} period={period} lines={lines}>
        <SumRow name={t('detail.total')} amount={format.usd(invoice.usdCents)} />
        {carriedInUsdCents > 0 && (
          <SumRow name={t('detail.carriedIn')} amount={format.usd(carriedInUsdCents)} />
        )}
        {invoice.creditUsdCents > 0 && (
          <SumRow name={t('detail.credit')} amount={format.usd(-invoice.creditUsdCents)} />
        )}
        {carriedUsdCents > 0 && <SumRow name={t('detail.carried')} amount={format.usd(-carriedUsdCents)} />}
        <SumRow name={t('column.due')} amount={format.usd(invoice.dueUsdCents)} />
      </InvoiceLines>
      <small>{t('partialUnits')}</small>
      <Documents invoice={invoice} />
    </Panel>
  )
}

function Documents({ invoice: { teamId, period, invoiceId } }: { readonly invoice: Invoice }) {
  const { t } = useTranslation('invoices')
  const given = { params: { teamId, period } }
  return (
    <div className="documents">
      <DownloadButton
        label={t('detail.html')}
        call="getInvoice"
        given={given}
        type="text/html"
        fileName={`${invoiceId}.html`}
      />
      <DownloadButton
        label={t('detail.csv')}
        call="getInvoice"
        given={given}
        type="text/csv"
        fileName={`${invoiceId}.csv`}
      />
    </div>
  )
}
