import { instantToJson } from '../../contract/instant.ts'
import type { InvoiceAnswer } from '../../contract/invoice.ts'
import type { Account } from '../../core/account/account.ts'
import { findDue } from '../../core/account/dues.ts'
import { isStopped } from '../../core/invoice/recovery.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import { paymentReference } from '../payment/payment-reference.ts'

export type Invoice = EntryOf<'period-closed'>

/** An invoice as it was closed, with its payments since. */
export function invoiceToJson(invoice: Invoice, account: Account, teamName: string): InvoiceAnswer {
  const { teamId, period, usdCents, creditUsdCents, carriedInUsdCents, carriedUsdCents, lines, at } = invoice
  return {
    invoiceId: `${teamId}-${period}`,
    teamId,
    teamName,
    period,
    number: invoice.number,
    currency: 'USD',
    issuedAt: instantToJson(at),
    status: statusOf(account, period),
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
    dueUsdCents: usdCents + carriedInUsdCents - creditUsdCents - carriedUsdCents,
    paymentReference: paymentReference(teamId, { invoice: period }),
  }
}

function statusOf(account: Account, period: string): InvoiceAnswer['status'] {
  const bill = findDue(account.dues, `invoice:${period}`)
  if (bill === undefined) return 'paid'
  return isStopped(bill) ? 'overdue' : 'due'
}
