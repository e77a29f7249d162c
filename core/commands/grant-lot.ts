import { type Account, type Lot, noticeDays } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import { payShortfall } from '../funding/pay-shortfall.ts'
import { type Recorded, record } from '../journal/record.ts'
import { dayMs, type Instant, lotExpiry } from '../time/time.ts'

/** Lots that an account carries at most; each is a purchase that is neither used up nor expired. */
export const lotsMax = 100

/** The lot of a purchase made at `purchasedAt` and granted at `now`; it expires a year after the purchase. */
export function lotOf(purchaseId: string, tokens: number, purchasedAt: Instant, now = purchasedAt): Lot {
  const milliTokens = tokens * 1_000
  const expiresAt = lotExpiry(purchasedAt)
  const notices = noticeDays.filter((days) => expiresAt - days * dayMs <= now).length
  return { lotId: purchaseId, milliTokens, remaining: milliTokens, purchasedAt, expiresAt, notices }
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
