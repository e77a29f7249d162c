import { type Account, type Lot, noticeDays } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import { payShortfall } from '../funding/pay-shortfall.ts'
import { type Recorded, record } from '../journal/record.ts'
import { dayMs, type Instant, lotExpiry } from '../time/time.ts'

/** Lots that an account carries at most; each is a purchase that is neither used up nor expired. */
export const lotsMax = 100

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

/** Adds a lot to the balance; it pays shortfall first. Part of a purchase, a payment or an adjustment. */
export function grantLot(account: Account, lot: Lot, { now, catalog }: Context): Recorded<'lot-granted'> {
  const granted = record(account, now, { kind: 'lot-granted', lot, paidShortfall: [] }).account
  return record(account, now, {
    kind: 'lot-granted',
    lot,
    paidShortfall: payShortfall(granted, now, catalog),
  })
}
