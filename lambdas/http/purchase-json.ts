import { instantToJson } from '../../contract/instant.ts'
import type { TokenPurchaseAnswer } from '../../contract/purchase.ts'
import { type Payable, payUntil, purchaseStatusAt } from '../../core/account/payable.ts'
import { paymentReference } from '../../core/account/payment-reference.ts'
import type { PurchasedTokens } from '../../core/commands/take-payment.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import type { Instant } from '../../core/time/time.ts'
import { tokensToJson } from './charge-json.ts'
import { lotToJson } from './lot-json.ts'

export const purchaseStatuses = {
  pending: 'payment-pending',
  failed: 'payment-failed',
  paid: 'granted',
  'given-up': 'given-up',
  refunded: 'refunded',
  'charged-back': 'charged-back',
} as const satisfies Readonly<Record<Payable['status'], TokenPurchaseAnswer['status']>>

export interface CurrentPurchase {
  readonly purchase: EntryOf<'purchase'>
  readonly payable: Payable
  /** Absent until its payment has settled. */
  readonly tokens?: PurchasedTokens
  readonly granted?: EntryOf<'lot-granted'>
  /** Thousandths of tokens that its lot still has. */
  readonly remaining: number
}

export function purchaseToJson(
  { purchase, payable, tokens, granted, remaining }: CurrentPurchase,
  now: Instant,
): TokenPurchaseAnswer {
  const { purchaseId, unitPriceUsdCents, usdCents, at } = purchase
  const status = purchaseStatuses[purchaseStatusAt(payable, now)]
  const { failedAt } = payable
  const until = payUntil(payable)
  const isOpen = status === 'payment-pending' || status === 'payment-failed'
  return {
    purchaseId,
    tokens: purchase.tokens,
    unitPriceUsdCents,
    usdCents,
    purchasedAt: instantToJson(at),
    status,
    ...(isOpen && failedAt !== undefined && { failedAt: instantToJson(failedAt) }),
    ...(isOpen && until !== undefined && { payUntil: instantToJson(until) }),
    paymentReference: paymentReference(purchase.teamId, { purchase: purchaseId }),
    ...(tokens && splitToJson(tokens, remaining)),
    ...(granted?.receipt && {
      receipt: { number: granted.receipt.number, issuedAt: instantToJson(granted.at) },
    }),
  }
}

/** Remaining, spent, expired and refunded tokens always add up to the tokens of the lot. */
function splitToJson({ lot, lapsed, takenBack }: PurchasedTokens, remaining: number) {
  return {
    lot: lotToJson({ ...lot, remaining }),
    spent: tokensToJson(lot.milliTokens - remaining - lapsed - takenBack),
    expired: tokensToJson(lapsed),
    refunded: tokensToJson(takenBack),
  }
}
