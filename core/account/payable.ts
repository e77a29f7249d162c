import { dayMs, type Instant } from '../time/time.ts'
import { dueIdOf, type PaidFor } from './dues.ts'

/** Results of a payment, in the order in which one payment may have them. */
export type PaymentStatus = 'failed' | 'settled' | 'refunded' | 'charged-back'

/** Days in which a purchase whose payment failed can be paid again (design: 30 days; our default). */
const payAgainMs = 30 * dayMs

/** A purchase, a bill or a charge-back as its payments leave it. */
export interface Payable {
  readonly status: 'pending' | 'failed' | 'paid' | 'refunded' | 'charged-back' | 'given-up'
  /** The instant of the first failed payment. */
  readonly failedAt?: Instant
  /** The payment that paid it; absent where it was paid at once, or by none. */
  readonly paidBy?: string
  /** US cents received for a due. */
  readonly paidUsdCents?: number
  /** Sums of the thousandths of tokens and US cents that won disputes have given back. */
  readonly restored?: { readonly milliTokens: number; readonly usdCents: number }
}

/** The name of a purchase or due among a team's payables: `p1`, `invoice:2026-02` or `charge-back:p1`. */
export function payableName(paidFor: PaidFor): string {
  return 'purchase' in paidFor ? paidFor.purchase : (dueIdOf(paidFor) ?? '')
}

/** The instant from which a purchase whose payment failed is given up; undefined before a failure. */
export function payUntil({ failedAt }: Payable): Instant | undefined {
  return failedAt === undefined ? undefined : failedAt + payAgainMs
}

/** The status of a purchase at an instant. After a failure it can be paid for 30 days; then it is given up. */
export function purchaseStatusAt(payable: Payable, now: Instant): Payable['status'] {
  const { status } = payable
  const until = payUntil(payable)
  const isOpen = status === 'pending' || status === 'failed'
  return isOpen && until !== undefined && now >= until ? 'given-up' : status
}

/** The results that may follow a payment's latest one. The same result again is a repeat; any other is a step back. */
const nextStatuses: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  failed: ['settled', 'refunded', 'charged-back'],
  settled: ['refunded', 'charged-back'],
  refunded: [],
  // A dispute that is won.
  'charged-back': ['settled'],
}

/** True if a payment may move from one result to another. */
export function mayFollow(before: PaymentStatus, next: PaymentStatus): boolean {
  return nextStatuses[before].includes(next)
}
