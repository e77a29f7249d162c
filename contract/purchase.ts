import * as v from 'valibot'
import { id } from './fields.ts'
import { amount, instantText, tokens } from './figures.ts'
import { lotAnswer } from './lot.ts'

/** Only `granted` tokens can be used. One that is `payment-failed` can be paid again, or given up. */
export const purchaseStatus = v.picklist([
  'granted',
  'payment-pending',
  'payment-failed',
  'given-up',
  'refunded',
  'charged-back',
])

export const purchaseParams = v.strictObject({ teamId: id, purchaseId: id })

const purchaseReceiptAnswer = v.pipe(
  v.object({
    number: v.pipe(amount, v.description("Its number in the team's series of receipts")),
    issuedAt: instantText,
  }),
  v.title('PurchaseReceipt'),
)

/** A purchase as it is now. */
export const tokenPurchaseAnswer = v.pipe(
  v.object({
    purchaseId: v.string(),
    tokens: amount,
    unitPriceUsdCents: amount,
    usdCents: amount,
    purchasedAt: instantText,
    status: purchaseStatus,
    /** The instant of the first failed payment, while it can be paid again. Nothing is tried by itself. */
    failedAt: v.optional(instantText),
    /** The instant until which it can be paid, after a payment has failed. */
    payUntil: v.optional(instantText),
    /** The reference that a payment of this purchase names. */
    paymentReference: v.string(),
    /** The tokens once they were granted: remaining, spent, expired and refunded tokens add up to `tokens`. */
    lot: v.optional(lotAnswer),
    spent: v.optional(tokens),
    expired: v.optional(tokens),
    /** Tokens that were taken back after a refund or a charge-back. */
    refunded: v.optional(tokens),
    /** The document of its payment, once it has settled; a later refund does not change it. */
    receipt: v.optional(purchaseReceiptAnswer),
  }),
  v.title('TokenPurchase'),
)

export type TokenPurchaseAnswer = v.InferOutput<typeof tokenPurchaseAnswer>
