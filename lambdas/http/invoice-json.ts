import { instantToJson } from '../../contract/instant.ts'
import type { InvoiceAnswer, ListedInvoiceAnswer } from '../../contract/invoice.ts'
import type { Account, Due } from '../../core/account/account.ts'
import { findDue, invoiceDueId } from '../../core/account/dues.ts'
import type { Payable } from '../../core/account/payable.ts'
import { paymentReference } from '../../core/account/payment-reference.ts'
import { payBy } from '../../core/invoice/document.ts'
import { billedUsdCents } from '../../core/invoice/invoice.ts'
import { isStopped } from '../../core/invoice/recovery.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import { type Bearer, documentToJson } from './document-json.ts'
import { failureToJson } from './payment-failure-json.ts'

export type Invoice = EntryOf<'period-closed'>

/** The team of an invoice, and the state of its bills by their dues' ids. */
export interface Payments {
  readonly account: Account
  readonly payables: ReadonlyMap<string, Payable>
}

/** An invoice as it was issued. It depends on its entry alone, and on the name that it bears. */
export function invoiceToJson(invoice: Invoice, bearer: Bearer): InvoiceAnswer {
  const { teamId, period, usdCents, creditUsdCents, carriedInUsdCents, carriedUsdCents, lines, at } = invoice
  const dueUsdCents = billedUsdCents(invoice)
  return {
    invoiceId: `${teamId}-${period}`,
    ...documentToJson(invoice, bearer, at),
    period,
    number: invoice.number,
    lines: lines.map(({ meter, units, unitPriceUsdCents, usdCents: amount, lateUnits }) => ({
      meter,
      units,
      ...(unitPriceUsdCents !== undefined && { unitPriceUsdCents }),
      usdCents: amount,
      ...(lateUnits > 0 && { lateUnits }),
      entries: `/v1/teams/${teamId}/entries?period=${period}&meter=${meter}&source=pay-as-you-go`,
    })),
    usdCents,
    creditUsdCents,
    ...(carriedInUsdCents > 0 && { carriedInUsdCents }),
    ...(carriedUsdCents > 0 && { carriedUsdCents }),
    dueUsdCents,
    ...(dueUsdCents > 0 && { payBy: instantToJson(payBy(at)) }),
    paymentReference: paymentReference(teamId, { invoice: period }),
  }
}

/** An invoice with the state of its payment as it is now. */
export function listedInvoiceToJson(
  invoice: Invoice,
  { account, payables, ...bearer }: Payments & Bearer,
): ListedInvoiceAnswer {
  const dueId = invoiceDueId(invoice.period)
  const bill = findDue(account.dues, dueId)
  const status = statusOf(invoice, bill, payables.get(dueId))
  return { ...invoiceToJson(invoice, bearer), status, ...(bill && failureToJson(bill)) }
}

function statusOf(
  { carriedUsdCents }: Invoice,
  bill: Due | undefined,
  payable: Payable | undefined,
): ListedInvoiceAnswer['status'] {
  if (bill === undefined) {
    if (payable?.status === 'refunded') return 'refunded'
    return carriedUsdCents > 0 ? 'carried' : 'paid'
  }
  return isStopped(bill) ? 'overdue' : 'due'
}
