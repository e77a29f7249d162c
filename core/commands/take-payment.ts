import type { Account, Lot } from '../account/account.ts'
import type { PaidFor } from '../account/dues.ts'
import { chargeBackDueId, dueIdOf, findDue, tokenPrice } from '../account/dues.ts'
import { inDrawOrder } from '../account/lots.ts'
import { mayFollow, type Payable, type PaymentStatus, purchaseStatusAt } from '../account/payable.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import { payShortfall } from '../funding/pay-shortfall.ts'
import type { Entry, EntryBodyOf, EntryOf } from '../journal/entry.ts'
import { record } from '../journal/record.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { grantLot, lotOf, noticesAt } from './grant-lot.ts'
import { takeBackSurplus } from './take-back.ts'

/** The result of a payment. */
export interface TakePayment {
  readonly kind: 'take-payment'
  readonly paymentId: string
  readonly paidFor: PaidFor
  readonly status: PaymentStatus
  /** The amount of the payment; absent where the caller does not say it: then that of the purchase or due. */
  readonly usdCents?: number
  readonly reason?: string | undefined
}

export interface TakePaymentContext extends Context {
  /** The latest result of this payment id, for any team. */
  readonly latest?: EntryOf<'payment'>
  /** The purchase or due that it is for; absent where there is none. */
  readonly target?: PaymentTarget
}

/** A purchase, a bill or a charge-back that was made, and its state after earlier payments. */
export type PaymentTarget = { readonly payable: Payable } & (
  | {
      readonly purchase: EntryOf<'purchase'>
      readonly tokens?: PurchasedTokens
      /** The entry that granted its tokens, with its receipt. */
      readonly granted?: EntryOf<'lot-granted'>
    }
  /** `usdCents` is the initial amount; it may be paid by now. */
  | { readonly usdCents: number }
)

/** The tokens of a purchase that was granted, as far as its team's account no longer contains them. */
export interface PurchasedTokens {
  /** The lot as it was granted. */
  readonly lot: Lot
  /** Thousandths of tokens that lapsed, and that were taken back and not given back since. */
  readonly lapsed: number
  readonly takenBack: number
  /** US cents that were paid for spent tokens after a charge-back, and not given back since. */
  readonly recoveredUsdCents: number
}

export interface TakenPayment {
  /** False if there is no such purchase or due. */
  readonly isKnown: boolean
}

/** A payment id belongs to another purchase or invoice, or has already passed the result that is reported now. */
export type PaymentConflict = 'reference' | 'order'

/** The part of a payment's entry that depends on the state of its purchase or due. */
type Effect = Pick<
  EntryBodyOf<'payment'>,
  'payable' | 'usdCents' | 'creditUsdCents' | 'owed' | 'withdrawn' | 'restored'
>

/**
 * Takes a result of a payment. A payment id belongs to one purchase or due, for all teams at once, and moves forward only: failed,
 * settled, refunded or charged back; after a charge-back it settles again when the dispute is won. The same result again changes
 * nothing, a step back is a conflict. Every payment received makes an entry; money for what is already paid becomes credit.
 */
export function takePayment(
  account: Account,
  command: TakePayment,
  context: TakePaymentContext,
): Decision<TakenPayment> | Refusal<'IDEMPOTENCY_CONFLICT'> {
  const { latest, target } = context
  const because = latest && conflictOf(account, command, latest)
  if (because !== undefined) return refuse('IDEMPOTENCY_CONFLICT', { because })
  if (latest?.status === command.status) return unchanged(account, { isKnown: true })
  if (target === undefined) return unchanged(account, { isKnown: false })
  const effect =
    'purchase' in target
      ? purchaseEffect(account, command, target, context)
      : dueEffect(account, command, target, context)
  const { paymentId, paidFor, status, reason } = command
  const sequence = latest === undefined ? 0 : latest.sequence + 1
  const noted = record(account, context.now, {
    kind: 'payment',
    paymentId,
    paidFor,
    status,
    sequence,
    ...effect,
    ...(reason !== undefined && { reason }),
  })
  const answer = { isKnown: true }
  const entries: Entry[] = [noted.entry]
  const isPaidNow = target.payable.status !== 'paid' && effect.payable.status === 'paid'
  if ('purchase' in target && target.tokens === undefined && isPaidNow) {
    const { purchaseId, tokens, at, unitPriceUsdCents, usdCents } = target.purchase
    const lot = lotOf(purchaseId, tokens, at, context.now)
    const granted = grantLot(noted.account, lot, context, { unitPriceUsdCents, usdCents })
    return { account: granted.account, entries: [...entries, granted.entry], answer }
  }
  const taken = takeBackSurplus(noted.account, context)
  return { account: taken.account, entries: [...entries, ...taken.entries], answer }
}

function conflictOf(
  { teamId }: Account,
  { paidFor, status }: TakePayment,
  latest: EntryOf<'payment'>,
): PaymentConflict | undefined {
  if (latest.teamId !== teamId || !isSame(latest.paidFor, paidFor)) return 'reference'
  return latest.status === status || mayFollow(latest.status, status) ? undefined : 'order'
}

function isSame(paidFor: PaidFor, other: PaidFor): boolean {
  if ('purchase' in paidFor) return 'purchase' in other && paidFor.purchase === other.purchase
  return dueIdOf(paidFor) === dueIdOf(other)
}

function purchaseEffect(
  account: Account,
  command: TakePayment,
  target: Extract<PaymentTarget, { purchase: unknown }>,
  context: TakePaymentContext,
): Effect {
  const { payable, purchase, tokens } = target
  const usdCents = command.usdCents ?? purchase.usdCents
  const status = purchaseStatusAt(payable, context.now)
  const nothing: Effect = { payable, usdCents, creditUsdCents: 0 }
  switch (command.status) {
    case 'failed':
      if (status !== 'pending' && status !== 'failed') return nothing
      return { ...nothing, payable: { ...payable, status: 'failed', ...failedOf(payable, context) } }
    case 'settled': {
      if (isOwn(command, target, context) && payable.status === 'charged-back')
        return { ...nothing, ...winDispute(account, command, target, context) }
      if (status !== 'pending' && status !== 'failed') return { ...nothing, creditUsdCents: usdCents }
      return { ...nothing, payable: { ...payable, status: 'paid', paidBy: command.paymentId } }
    }
    default: {
      const { status: result } = command
      if (!wasReceived(target, context)) return nothing
      if (!isOwn(command, target, context))
        return { ...nothing, ...takeCredit(account, chargeBackDueId(purchase.purchaseId), usdCents) }
      if (payable.status !== 'paid' || tokens === undefined) return nothing
      const taken = { ...payable, status: result, paidBy: command.paymentId } as const
      const unitPriceUsdCents = result === 'charged-back' ? purchase.unitPriceUsdCents : 0
      const { lot } = tokens
      const left = account.lots.find(({ lotId }) => lotId === lot.lotId)?.remaining ?? 0
      const spentMilliTokens = lot.milliTokens - left - tokens.lapsed
      const owedUsdCents = tokenPrice(spentMilliTokens, unitPriceUsdCents)
      return {
        ...nothing,
        payable: taken,
        withdrawn: { lotId: lot.lotId, unitPriceUsdCents, spentMilliTokens, milliTokens: left },
        ...(owedUsdCents > 0 && {
          owed: { dueId: chargeBackDueId(purchase.purchaseId), usdCents: owedUsdCents },
        }),
      }
    }
  }
}

function dueEffect(
  account: Account,
  command: TakePayment,
  target: Extract<PaymentTarget, { usdCents: number }>,
  context: TakePaymentContext,
): Effect {
  const { payable } = target
  const dueId = dueIdOf(command.paidFor) ?? ''
  const due = findDue(account.dues, dueId)
  const usdCents = command.usdCents ?? due?.usdCents ?? target.usdCents
  const nothing: Effect = { payable, usdCents, creditUsdCents: 0 }
  switch (command.status) {
    case 'failed':
      if (due === undefined) return nothing
      return { ...nothing, payable: { ...payable, status: 'failed', ...failedOf(payable, context) } }
    case 'settled': {
      if (due === undefined) return { ...nothing, creditUsdCents: usdCents }
      const paidUsdCents = (payable.paidUsdCents ?? 0) + due.usdCents
      const paid = { ...payable, status: 'paid', paidBy: command.paymentId, paidUsdCents } as const
      return { ...nothing, payable: paid, owed: { dueId, usdCents: 0 } }
    }
    default: {
      const { status: result } = command
      if (context.latest?.status !== 'settled') return nothing
      if (!isOwn(command, target, context)) return { ...nothing, ...takeCredit(account, dueId, usdCents) }
      if (payable.status !== 'paid' || due !== undefined) return nothing
      if (result === 'refunded') return { ...nothing, payable: { ...payable, status: result } }
      return { ...nothing, payable: { ...payable, status: result }, owed: { dueId, usdCents } }
    }
  }
}

/** True if the payment paid its purchase or due, and did not become credit. One that is paid at once names no payment yet. */
function isOwn(
  { paymentId }: TakePayment,
  { payable }: PaymentTarget,
  { latest }: TakePaymentContext,
): boolean {
  if (payable.paidBy !== undefined) return payable.paidBy === paymentId
  return latest === undefined || latest.creditUsdCents === 0
}

/** Only money that arrived can go back: that of a payment that settled, or the first of a purchase that was paid at once. */
function wasReceived({ payable }: PaymentTarget, { latest }: TakePaymentContext): boolean {
  return latest === undefined ? payable.paidBy === undefined : latest.status === 'settled'
}

function failedOf({ failedAt }: Payable, { now }: Context): Pick<Payable, 'failedAt'> {
  return { failedAt: failedAt ?? now }
}

/** Takes money back that had become credit. Credit that is already used is owed under `dueId`. */
function takeCredit(
  account: Account,
  dueId: string,
  usdCents: number,
): Pick<Effect, 'creditUsdCents'> & Partial<Effect> {
  const taken = Math.min(account.creditUsdCents, usdCents)
  const rest = usdCents - taken
  const before = findDue(account.dues, dueId)?.usdCents ?? 0
  // The minus zero of an empty amount is no number that an entry may carry.
  return {
    creditUsdCents: taken === 0 ? 0 : -taken,
    ...(rest > 0 && { owed: { dueId, usdCents: before + rest } }),
  }
}

/**
 * Cancels what a charge-back made due; what was paid of it becomes credit. The tokens that were taken back return to their
 * lot unless it has expired: then they count as taken back.
 */
function winDispute(
  account: Account,
  command: TakePayment,
  { payable, purchase, tokens }: Extract<PaymentTarget, { purchase: unknown }>,
  { now, catalog }: TakePaymentContext,
): Partial<Effect> {
  const dueId = chargeBackDueId(purchase.purchaseId)
  const owed = findDue(account.dues, dueId) === undefined ? {} : { owed: { dueId, usdCents: 0 } }
  const creditUsdCents = tokens?.recoveredUsdCents ?? 0
  const isAlive = tokens !== undefined && tokens.lot.expiresAt > now
  const before = payable.restored ?? { milliTokens: 0, usdCents: 0 }
  const sums = {
    milliTokens: before.milliTokens + (isAlive ? tokens.takenBack : 0),
    usdCents: before.usdCents + creditUsdCents,
  }
  const paid: Partial<Effect> = {
    ...owed,
    payable: { ...payable, status: 'paid', paidBy: command.paymentId, restored: sums },
    creditUsdCents,
  }
  if (!isAlive) return paid
  const left = account.lots.find(({ lotId }) => lotId === tokens.lot.lotId)?.remaining ?? 0
  const remaining = left + tokens.takenBack
  if (remaining === 0) return paid
  const lot: Lot = { ...tokens.lot, remaining, notices: noticesAt(tokens.lot.expiresAt, now) }
  const others = account.lots.filter(({ lotId }) => lotId !== lot.lotId)
  const restored = { ...account, lots: inDrawOrder([...others, lot]) }
  return { ...paid, restored: { lot, paidShortfall: payShortfall(restored, now, catalog) } }
}
