import type { Account } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import type { EntryOf, PaidFor } from '../journal/entry.ts'
import { type Recorded, record } from '../journal/record.ts'
import { type Refusal, refuse } from '../refusal.ts'
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
  /** The latest result of this payment id, for any team. */
  readonly latest?: EntryOf<'payment'>
  /** The purchase that it is for, and whether another payment has already paid it. */
  readonly purchase?: EntryOf<'purchase'>
  readonly isGranted?: boolean
  /** The invoice that it is for was issued; it may already be paid. */
  readonly isIssued?: boolean
}

export interface TakenPayment {
  /** False if there is no such purchase or invoice. */
  readonly isKnown: boolean
}

/** A payment id belongs to another purchase or invoice, or has already passed the result that is reported now. */
export type PaymentConflict = 'reference' | 'order'

/**
 * Takes the result of a payment for a purchase or for a period's bill. A payment id belongs to one of them, for all teams at once,
 * and moves forward only, from failed to settled: the same result again changes nothing, a step back is a conflict.
 */
export function takePayment(
  account: Account,
  command: TakePayment,
  context: TakePaymentContext,
): Decision<TakenPayment> | Refusal<'IDEMPOTENCY_CONFLICT'> {
  const { paidFor } = command
  const { latest } = context
  const because = latest && conflictOf(account, command, latest)
  if (because !== undefined) return refuse('IDEMPOTENCY_CONFLICT', { because })
  if (latest?.isSettled === command.isSettled) return unchanged(account, { isKnown: true })
  if ('invoice' in paidFor) return payInvoice(account, paidFor.invoice, command, context)
  if (context.purchase === undefined) return unchanged(account, { isKnown: false })
  return payPurchase(account, context.purchase, command, context)
}

function conflictOf(
  { teamId }: Account,
  { paidFor, isSettled }: TakePayment,
  latest: EntryOf<'payment'>,
): PaymentConflict | undefined {
  if (latest.teamId !== teamId || !isSame(latest.paidFor, paidFor)) return 'reference'
  return latest.isSettled && !isSettled ? 'order' : undefined
}

function isSame(paidFor: PaidFor, other: PaidFor): boolean {
  if ('invoice' in paidFor) return 'invoice' in other && paidFor.invoice === other.invoice
  return 'purchase' in other && paidFor.purchase === other.purchase
}

/**
 * A settled payment grants the lot, a year from the purchase, not from the payment. After a failed one the
 * purchase is still unpaid.
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

/** A paid bill stays paid: nothing is written. */
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
  { now, latest }: TakePaymentContext,
): Recorded<'payment'> {
  const sequence = latest === undefined ? 0 : (latest.sequence ?? 0) + 1
  return record(account, now, { kind: 'payment', paymentId, isSettled, paidFor, usdCents, sequence })
}
