import { useAnswer } from '../../api/queries.ts'
import { FailedPayment } from '../../payment/failed-payment.tsx'
import { useTeamId } from '../../session/session-context.ts'
import type { Invoice } from './documents.ts'
import { StatusBadge } from './status-badge.tsx'

/** The state of an invoice, and the failure of its payment. */
export function InvoiceState({ invoice }: { readonly invoice: Invoice }) {
  return (
    <>
      <StatusBadge status={invoice.status} />
      <InvoiceFailure invoice={invoice} />
    </>
  )
}

/** The failed payment of an invoice, with the amount that is still due: a credit note may have lowered it. */
export function InvoiceFailure({ invoice }: { readonly invoice: Invoice }) {
  const { data } = useAnswer('getBalance', { params: { teamId: useTeamId() } })
  const { paymentReference, dueUsdCents } = invoice
  if (data === undefined) return null
  const due = data.dues?.find((other) => other.paymentReference === paymentReference)
  const payment = { ...invoice, usdCents: due?.usdCents ?? dueUsdCents }
  return <FailedPayment payment={payment} now={data.at} />
}
