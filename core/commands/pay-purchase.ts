import type { Account } from '../account/account.ts'
import { type Payable, purchaseStatusAt } from '../account/payable.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import type { EntryOf } from '../journal/entry.ts'
import { record } from '../journal/record.ts'
import { type Refusal, refuse } from '../refusal.ts'

export interface PayPurchase {
  readonly kind: 'pay-purchase'
  readonly purchaseId: string
}

export interface PayPurchaseContext extends Context {
  readonly purchase: EntryOf<'purchase'>
  /** The purchase's state after its payments, and the number of payments that were requested for it. */
  readonly payable: Payable
  readonly attempts: number
}

/**
 * Requests another payment of a purchase whose payment failed, at its own price, within 30 days of the first failure. Changes
 * nothing while a payment is under way or once it is paid. Refuses `PURCHASE_CLOSED` after that.
 */
export function payPurchase(
  account: Account,
  { purchaseId }: PayPurchase,
  { now, purchase, payable, attempts }: PayPurchaseContext,
): Decision<Payable> | Refusal {
  const status = purchaseStatusAt(payable, now)
  if (status === 'pending' || status === 'paid') return unchanged(account, payable)
  if (status !== 'failed') return refuse('PURCHASE_CLOSED', { because: status })
  if (account.profile.paymentMethod === 'none') return refuse('PAYMENT_METHOD_REQUIRED')
  const pending: Payable = { ...payable, status: 'pending' }
  const { usdCents } = purchase
  const body = {
    kind: 'payment-requested',
    purchaseId,
    usdCents,
    attempt: attempts,
    payable: pending,
  } as const
  const requested = record(account, now, body)
  return { account: requested.account, entries: [requested.entry], answer: pending }
}
