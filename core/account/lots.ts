import type { Lot } from './account.ts'

/** Sorts lots as they are drawn: by expiry, then the smaller purchase first (aps-facts, section 2), then by age and id. */
export function inDrawOrder(lots: readonly Lot[]): readonly Lot[] {
  return lots.toSorted(
    (a, b) =>
      a.expiresAt - b.expiresAt ||
      a.milliTokens - b.milliTokens ||
      a.purchasedAt - b.purchasedAt ||
      (a.lotId < b.lotId ? -1 : 1),
  )
}
