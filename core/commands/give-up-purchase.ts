import type { Account } from '../account/account.ts'
import { type Payable, purchaseStatusAt } from '../account/payable.ts'
import { type Decision, unchanged } from '../decision.ts'
import { record } from '../journal/record.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { PayPurchaseContext } from './pay-purchase.ts'

export interface GiveUpPurchase {
  readonly kind: 'give-up-purchase'
  readonly purchaseId: string
}

/** Gives up a purchase that is not paid: money that arrives for it later becomes credit. Refuses `PURCHASE_CLOSED` once it was paid. */
export function giveUpPurchase(
  account: Account,
  { purchaseId }: GiveUpPurchase,
  { now, payable }: Omit<PayPurchaseContext, 'attempts'>,
): Decision<Payable> | Refusal {
  const status = purchaseStatusAt(payable, now)
  if (status === 'given-up') return unchanged(account, payable)
  if (status !== 'pending' && status !== 'failed') return refuse('PURCHASE_CLOSED', { because: status })
  const givenUp: Payable = { ...payable, status: 'given-up' }
  const noted = record(account, now, { kind: 'purchase-given-up', purchaseId, payable: givenUp })
  return { account: noted.account, entries: [noted.entry], answer: givenUp }
}
