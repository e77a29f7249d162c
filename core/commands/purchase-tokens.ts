import type { Account, Lot } from '../account/account.ts'
import type { Payable } from '../account/payable.ts'
import { isFullOfLots } from '../account/pending-purchases.ts'
import { type Catalog, priceListAt, priceOf } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import type { Charge, EntryOf } from '../journal/entry.ts'
import { record } from '../journal/record.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { Instant } from '../time/time.ts'
import { grantLot, lotOf } from './grant-lot.ts'

export interface PurchaseTokens {
  readonly kind: 'purchase-tokens'
  readonly purchaseId: string
  /** Whole tokens, at least `minimumTokens`. */
  readonly tokens: number
  /** The payment settles together with the purchase: in the sandbox, and in a preview. */
  readonly isPaidAtOnce: boolean
  /** The price that the caller has seen: at any other price nothing is bought. It is not part of what the id is bound to. */
  readonly expectedUsdCents?: number
}

export interface PurchaseContext extends Context {
  /** The purchase that was made under this id before, with its lot if that is granted. */
  readonly earlier?: Purchased
}

export interface Purchased {
  readonly purchase: EntryOf<'purchase'>
  /** The state after its payments. */
  readonly payable: Payable
  /** Absent until the payment has settled. */
  readonly lot?: Lot
  /** Charges of the shortfall that the lot has paid just now. */
  readonly paidShortfall?: readonly Charge[]
}

/** The fewest tokens that can be bought at an instant (aps-facts, section 2; data). */
export function minimumTokens(catalog: Catalog, now: Instant): number {
  return priceListAt(catalog, now)?.minimumTokens ?? 1
}

/**
 * Orders tokens at one price for the whole purchase, by its size, once per id. They are granted when the payment has
 * settled.
 */
export function purchaseTokens(
  account: Account,
  command: PurchaseTokens,
  context: PurchaseContext,
): Decision<Purchased> | Refusal {
  const { purchaseId, tokens, isPaidAtOnce, expectedUsdCents } = command
  const { earlier, now, catalog } = context
  if (earlier !== undefined) {
    const isSame = earlier.purchase.tokens === tokens
    return isSame ? unchanged(account, earlier) : refuse('IDEMPOTENCY_CONFLICT')
  }
  if (account.profile.paymentMethod === 'none') return refuse('PAYMENT_METHOD_REQUIRED')
  if (isFullOfLots(account)) return refuse('TOO_MANY_LOTS')
  const list = priceListAt(catalog, now)
  const price = list === undefined ? undefined : priceOf(list, tokens)
  if (price === undefined) throw new Error(`no price for ${tokens} tokens`)
  if (expectedUsdCents !== undefined && expectedUsdCents !== price.usdCents)
    return refuse('PRICE_CHANGED', { usdCents: price.usdCents })
  const ordered = record(account, now, { kind: 'purchase', purchaseId, tokens, ...price })
  const purchase = ordered.entry
  if (!isPaidAtOnce)
    return {
      account: ordered.account,
      entries: [purchase],
      answer: { purchase, payable: { status: 'pending' } },
    }
  const granted = grantLot(ordered.account, lotOf(purchaseId, tokens, now), context, price)
  const { lot, paidShortfall } = granted.entry
  const answer: Purchased = { purchase, payable: { status: 'paid' }, lot, paidShortfall }
  return { account: granted.account, entries: [purchase, granted.entry], answer }
}
