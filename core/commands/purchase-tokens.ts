import { type Account, type Lot, noticeDays } from '../account/account.ts'
import { type Catalog, priceListAt, priceOf } from '../catalog/catalog.ts'
import { settle } from '../funding/settle.ts'
import type { Entry, EntryOf } from '../journal/entry.ts'
import { record } from '../journal/fold.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { dayMs, type Instant, lotExpiry } from '../time/time.ts'

export interface Purchase {
  readonly purchaseId: string
  /** Whole tokens. */
  readonly tokens: number
}

/** Lots that an account carries at most; each is a purchase that is neither used up nor expired. */
export const lotsMax = 100

/** The fewest tokens that can be bought at an instant (aps-facts, section 2; data). */
export function minimumTokens(catalog: Catalog, now: Instant): number {
  return priceListAt(catalog, now)?.minimumTokens ?? 1
}

/** Orders tokens at one price for the whole purchase, by its size. They are granted when the payment has settled. */
export function purchaseTokens(
  account: Account,
  command: Purchase,
  now: Instant,
  catalog: Catalog,
): { account: Account; entry: EntryOf<'purchase'> } | Refusal {
  const { purchaseId, tokens } = command
  if (account.profile.paymentMethod === 'none') return refuse('PAYMENT_METHOD_REQUIRED')
  if (account.lots.length >= lotsMax) return refuse('TOO_MANY_LOTS')
  const list = priceListAt(catalog, now)
  const price = list === undefined ? undefined : priceOf(list, tokens)
  if (price === undefined) throw new Error(`no price for ${tokens} tokens`)
  const next = record(account, now, { kind: 'purchase', purchaseId, tokens, ...price })
  if (next.entry.kind !== 'purchase') throw new Error(`a purchase was recorded as ${next.entry.kind}`)
  return { account: next.account, entry: next.entry }
}

/** The lot of a purchase made at `purchasedAt` and granted at `now`; it expires a year after the purchase, whenever it was paid. */
export function lotOf(purchaseId: string, tokens: number, purchasedAt: Instant, now = purchasedAt): Lot {
  const milliTokens = tokens * 1_000
  const expiresAt = lotExpiry(purchasedAt)
  const notices = noticeDays.filter((days) => expiresAt - days * dayMs <= now).length
  return {
    lotId: purchaseId,
    milliTokens,
    remaining: milliTokens,
    purchasedAt,
    expiresAt,
    notices,
  }
}

/** Adds a lot to the balance; it pays shortfall first. */
export function grantLot(
  account: Account,
  lot: Lot,
  now: Instant,
  catalog: Catalog,
): { account: Account; entry: Entry } {
  const granted = record(account, now, { kind: 'lot-granted', lot, settled: [] }).account
  return record(account, now, { kind: 'lot-granted', lot, settled: settle(granted, now, catalog) })
}
