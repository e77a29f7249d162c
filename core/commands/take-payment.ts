import type { Account } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import type { EntryOf, PaidFor } from '../journal/entry.ts'
import { type Recorded, record } from '../journal/record.ts'
import type { Period } from '../time/time.ts'
import { grantLot, lotOf } from './grant-lot.ts'

/** The result of a payment: it settled, or it failed. */
export interface TakePayment {
  readonly kind: 'take-payment'
  readonly paymentId: string
  readonly paidFor: PaidFor
  readonly isSettled: boolean
}

export interface TakePaymentContext extends Context {
  /** The result was taken before: it counts once per payment id. */
  readonly isTaken: boolean
  /** The purchase that it is for, and whether another payment has paid it already. */
  readonly purchase?: EntryOf<'purchase'>
  readonly isGranted?: boolean
  /** The invoice that it is for was issued, and may be paid already. */
  readonly isIssued?: boolean
}

export interface TakenPayment {
  /** False where there is no such purchase or invoice. */
  readonly isKnown: boolean
}

/** Takes the result of a payment for a purchase or for a period's bill, once per payment id. */
export function takePayment(
  account: Account,
  command: TakePayment,
  context: TakePaymentContext,
): Decision<TakenPayment> {
  const { paidFor } = command
  if (context.isTaken) return unchanged(account, { isKnown: true })
  if ('invoice' in paidFor) return payInvoice(account, paidFor.invoice, command, context)
  if (context.purchase === undefined) return unchanged(account, { isKnown: false })
  return payPurchase(account, context.purchase, command, context)
}

/**
 * A settled payment grants the lot, a year from the purchase, whenever it was paid; a failed one leaves the purchase to be
 * paid still.
 */
function payPurchase(
  account: Account,
  { purchaseId, tokens, usdCents, at }: EntryOf<'purchase'>,
  command: TakePayment,
  context: TakePaymentContext,
): Decision<TakenPayment> {
  const noted = notePayment(account, command, usdCents, context)
  const answer = { isKnown: true }
  if (!command.isSettled || context.isGranted === true)
    return { account: noted.account, entries: [noted.entry], answer }
  const granted = grantLot(noted.account, lotOf(purchaseId, tokens, at, context.now), context)
  return { account: granted.account, entries: [noted.entry, granted.entry], answer }
}

/** A bill that is paid already stays so: nothing is written. */
function payInvoice(
  account: Account,
  period: Period,
  command: TakePayment,
  context: TakePaymentContext,
): Decision<TakenPayment> {
  const bill = account.unpaid.find((unpaid) => unpaid.period === period)
  if (bill === undefined) return unchanged(account, { isKnown: context.isIssued === true })
  const noted = notePayment(account, command, bill.usdCents, context)
  return { account: noted.account, entries: [noted.entry], answer: { isKnown: true } }
}

function notePayment(
  account: Account,
  { paymentId, isSettled, paidFor }: TakePayment,
  usdCents: number,
  { now }: Context,
): Recorded<'payment'> {
  return record(account, now, { kind: 'payment', paymentId, isSettled, paidFor, usdCents })
}
