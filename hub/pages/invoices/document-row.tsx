import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Badge } from '../../components/badge.tsx'
import { DownloadButton } from '../../components/download-button.tsx'
import { pathOf } from '../../paths.ts'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import type { BillingDocument } from './documents.ts'
import { InvoiceState } from './invoice-state.tsx'

/** One document: kind, number, day of issue, amount, state and file. */
export function DocumentRow({ document }: { readonly document: BillingDocument }) {
  switch (document.kind) {
    case 'invoice':
      return <InvoiceRow {...document} />
    case 'creditNote':
      return <CreditNoteRow {...document} />
    case 'receipt':
      return <ReceiptRow {...document} />
  }
}

function InvoiceRow({ invoice }: Extract<BillingDocument, { kind: 'invoice' }>) {
  const { t } = useTranslation('invoices')
  const teamId = useTeamId()
  const format = useFormat()
  const { period, invoiceId, issuedAt, dueUsdCents } = invoice
  return (
    <Row
      kind={
        <Link href={pathOf(teamId, 'invoices', { period })}>
          {t('kind.invoice', { period: format.period(period) })}
        </Link>
      }
      number={invoiceId}
      issuedAt={issuedAt}
      usdCents={dueUsdCents}
      state={<InvoiceState invoice={invoice} />}
    >
      <DownloadButton
        label={t('list.invoiceFile')}
        call="getInvoice"
        given={{ params: { teamId, period } }}
        type="text/html"
        fileName={`${invoiceId}.html`}
      />
    </Row>
  )
}

/** A credit note has no file: its figures are in the table below. */
function CreditNoteRow({ creditNote }: Extract<BillingDocument, { kind: 'creditNote' }>) {
  const { t } = useTranslation('invoices')
  const format = useFormat()
  const { number, period, usdCents, issuedAt } = creditNote
  return (
    <Row
      kind={<a href="#credit-notes">{t('kind.creditNote', { period: format.period(period) })}</a>}
      number={String(number)}
      issuedAt={issuedAt}
      usdCents={-usdCents}
      state={<Badge>{t('status.credited')}</Badge>}
    >
      {t('list.noFile')}
    </Row>
  )
}

const receiptStates = { 'charged-back': 'chargedBack', refunded: 'refunded' } as const
const stateOf = (status: string) =>
  status === 'charged-back' || status === 'refunded' ? receiptStates[status] : 'paid'

function ReceiptRow({ receipt, purchase }: Extract<BillingDocument, { kind: 'receipt' }>) {
  const { t } = useTranslation('invoices')
  const teamId = useTeamId()
  const format = useFormat()
  const { purchaseId, tokens, usdCents, status } = purchase
  const state = stateOf(status)
  return (
    <Row
      kind={t('kind.receipt', { tokens: format.tokens(tokens) })}
      number={String(receipt.number)}
      issuedAt={receipt.issuedAt}
      usdCents={usdCents}
      state={<Badge tone={state === 'paid' ? 'good' : 'plain'}>{t(`status.${state}`)}</Badge>}
    >
      <DownloadButton
        label={t('list.receiptFile')}
        call="getReceipt"
        given={{ params: { teamId, purchaseId } }}
        type="text/html"
        fileName={`${teamId}-receipt-${purchaseId}.html`}
      />
    </Row>
  )
}

interface RowProps {
  readonly kind: ReactNode
  readonly number: string
  readonly issuedAt: string
  readonly usdCents: number
  readonly state: ReactNode
  /** The file of the document. */
  readonly children: ReactNode
}

function Row({ kind, number, issuedAt, usdCents, state, children }: RowProps) {
  const format = useFormat()
  return (
    <tr>
      <th scope="row">{kind}</th>
      <td>{number}</td>
      <td>{format.day(issuedAt)}</td>
      <td className="number">{format.usd(usdCents)}</td>
      <td className="state">{state}</td>
      <td>{children}</td>
    </tr>
  )
}
