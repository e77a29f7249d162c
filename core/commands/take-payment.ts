import type { Account } from '../account/account.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Entry, EntryOf } from '../journal/entry.ts'
import { record } from '../journal/fold.ts'
import type { Instant, Period } from '../time/time.ts'
import { grantLot, lotOf } from './purchase-tokens.ts'

export interface PaymentResult {
  readonly paymentId: string
  readonly isSettled: boolean
}

export interface Paid {
  readonly account: Account
  readonly entries: readonly Entry[]
}

/**
 * Takes the result of a payment for a purchase: a settled one grants the lot, a year from the purchase, whenever it was
 * paid; a failed one leaves the purchase to be paid still. `isGranted`: another payment has paid it already.
 */
export function payPurchase(
  account: Account,
  purchase: EntryOf<'purchase'>,
  result: PaymentResult,
  isGranted: boolean,
  now: Instant,
  catalog: Catalog,
): Paid {
  const { purchaseId, usdCents, tokens } = purchase
  const paidFor = { purchase: purchaseId }
  const noted = record(account, now, { kind: 'payment', ...result, paidFor, usdCents })
  if (!result.isSettled || isGranted) return { account: noted.account, entries: [noted.entry] }
  const granted = grantLot(noted.account, lotOf(purchaseId, tokens, purchase.at, now), now, catalog)
  return { account: granted.account, entries: [noted.entry, granted.entry] }
}

/** Takes the result of a payment for a period's bill. A bill that is paid already stays so: nothing is written. */
export function payInvoice(account: Account, period: Period, result: PaymentResult, now: Instant): Paid {
  const bill = account.unpaid.find((one) => one.period === period)
  if (bill === undefined) return { account, entries: [] }
  const { usdCents } = bill
  const noted = record(account, now, { kind: 'payment', ...result, paidFor: { invoice: period }, usdCents })
  return { account: noted.account, entries: [noted.entry] }
}
