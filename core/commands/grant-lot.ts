import { type Account, type Lot, noticeDays } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import { payShortfall } from '../funding/pay-shortfall.ts'
import { documentHead } from '../invoice/document.ts'
import { type Recorded, record } from '../journal/record.ts'
import { dayMs, type Instant, lotExpiry } from '../time/time.ts'

/** The lot of a purchase, granted at `now`. It expires a year after `purchasedAt`, whenever it was paid. */
export function lotOf(purchaseId: string, tokens: number, purchasedAt: Instant, now = purchasedAt): Lot {
  const milliTokens = tokens * 1_000
  const expiresAt = lotExpiry(purchasedAt)
  const notices = noticesAt(expiresAt, now)
  return { lotId: purchaseId, milliTokens, remaining: milliTokens, purchasedAt, expiresAt, notices }
}

/** Number of expiry notices whose dates have passed. */
export function noticesAt(expiresAt: Instant, now: Instant): number {
  return noticeDays.filter((days) => expiresAt - days * dayMs <= now).length
}

/** Price of a purchase, in US cents. */
export interface Price {
  readonly unitPriceUsdCents: number
  readonly usdCents: number
}

/**
 * Adds a lot to the balance; it pays shortfall first. Part of a purchase or a payment, which state the price for the receipt, or
 * of an adjustment.
 */
export function grantLot(
  account: Account,
  lot: Lot,
  { now, catalog }: Context,
  price?: Price,
): Recorded<'lot-granted'> {
  const receipt = price && { ...documentHead(account, account.receipts + 1), ...price }
  const body = { kind: 'lot-granted', lot, ...(receipt && { receipt }) } as const
  const granted = record(account, now, { ...body, paidShortfall: [] }).account
  return record(account, now, { ...body, paidShortfall: payShortfall(granted, now, catalog) })
}
