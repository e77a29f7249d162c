import { expect, test } from 'vitest'
import { inDrawOrder } from '../../core/account/lots.ts'

test('lots are drawn by expiry, then the smaller purchase, then the older one, then by id', () => {
  const lot = { lotId: 'd', milliTokens: 2, remaining: 1, purchasedAt: 2, expiresAt: 2, notices: 0 }
  const drawn = [
    { ...lot, lotId: 'z', milliTokens: 9, purchasedAt: 9, expiresAt: 1 },
    { ...lot, lotId: 'y', milliTokens: 1, purchasedAt: 9 },
    { ...lot, lotId: 'x', purchasedAt: 1 },
    { ...lot, lotId: 'c' },
    lot,
    { ...lot, lotId: 'a', milliTokens: 1, purchasedAt: 1, expiresAt: 3 },
  ]
  expect(inDrawOrder(drawn)).toEqual(drawn)
  expect(inDrawOrder(drawn.toReversed())).toEqual(drawn)
})
