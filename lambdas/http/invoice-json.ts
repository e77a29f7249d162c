import { instantToJson } from '../../contract/instant.ts'
import type { InvoiceAnswer } from '../../contract/invoice.ts'
import type { Account } from '../../core/account/account.ts'
import { findDue, invoiceDueId } from '../../core/account/dues.ts'
import type { Payable } from '../../core/account/payable.ts'
import { billedUsdCents } from '../../core/invoice/invoice.ts'
import { isStopped } from '../../core/invoice/recovery.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import { paymentReference } from '../payment/payment-reference.ts'

export type Invoice = EntryOf<'period-closed'>

/** The team of an invoice, and the state of its bills by their dues' ids. */
export interface Payments {
  readonly account: Account
  readonly payables: ReadonlyMap<string, Payable>
  readonly name: string
}

/** An invoice as it was closed, with its payments since. */
export function invoiceToJson(
  invoice: Invoice,
  { account, payables, name: teamName }: Payments,
): InvoiceAnswer {
  const { teamId, period, usdCents, creditUsdCents, carriedInUsdCents, carriedUsdCents, lines, at } = invoice
  return {
    invoiceId: `${teamId}-${period}`,
    teamId,
    teamName,
    period,
    number: invoice.number,
    currency: 'USD',
    issuedAt: instantToJson(at),
    status: statusOf(invoice, account, payables.get(invoiceDueId(period))),
    lines: lines.map(({ meter, units, usdCents: amount, lateUnits }) => ({
      meter,
      units,
      ...(amount % units === 0 && { unitPriceUsdCents: amount / units }),
      usdCents: amount,
      ...(lateUnits > 0 && { lateUnits }),
      entries: `/v1/teams/${teamId}/entries?period=${period}&meter=${meter}&source=pay-as-you-go`,
    })),
    usdCents,
    creditUsdCents,
    ...(carriedInUsdCents > 0 && { carriedInUsdCents }),
    ...(carriedUsdCents > 0 && { carriedUsdCents }),
    dueUsdCents: billedUsdCents(invoice),
    paymentReference: paymentReference(teamId, { invoice: period }),
  }
}

function statusOf(
  { period, carriedUsdCents }: Invoice,
  account: Account,
  payable: Payable | undefined,
): InvoiceAnswer['status'] {
  const bill = findDue(account.dues, invoiceDueId(period))
  if (bill === undefined) {
    if (payable?.status === 'refunded') return 'refunded'
    return carriedUsdCents > 0 ? 'carried' : 'paid'
  }
  return isStopped(bill) ? 'overdue' : 'due'
}
