import { expect, test } from 'vitest'
import type { BalanceAnswer as Balance } from '../../contract/get-balance.ts'
import type { OfferAnswer as Offer } from '../../contract/get-offer.ts'
import { marksAhead } from '../../hub/time-machine/marks.ts'

const campaign = {
  campaignId: 'aps-2025',
  opensAt: '2025-12-08T00:00:00Z',
  deadlineAt: '2026-01-17T00:00:00Z',
  remindAt: ['2026-01-03T00:00:00Z', '2026-01-16T00:00:00Z'],
}
const lot = { expiresAt: '2026-02-01T00:00:00Z' }

/** Marks after an instant, a line each. */
function ahead(now: string, lots = [lot]): string[] {
  const marks = marksAhead(now, { campaign } as Offer, { flex: { lots } } as unknown as Balance)
  return marks.map(({ kind, at }) => `${at.slice(0, 10)} ${kind}`)
}

test('the dates of the season lie ahead, the nearest first, and none that has passed', () => {
  expect(ahead('2026-01-10T09:00:00Z')).toEqual([
    '2026-01-16 reminder',
    '2026-01-17 deadline',
    '2026-02-01 period-ends',
    '2026-02-01 lot-expires',
    '2026-02-03 bills-close',
    '2026-03-01 period-ends',
    '2026-03-03 bills-close',
    '2026-04-01 period-ends',
    '2026-04-03 bills-close',
  ])
})

test('lots that expire together are one mark, and no more than twelve are shown', () => {
  const lots = [lot, lot, ...[10, 11, 12].map((day) => ({ expiresAt: `2026-01-${day}T12:00:00Z` }))]
  const shown = ahead('2025-12-01T00:00:00Z', lots)
  expect(shown).toHaveLength(12)
  expect(shown.filter((mark) => mark === '2026-02-01 lot-expires')).toHaveLength(1)
})
