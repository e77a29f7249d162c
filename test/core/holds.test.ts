import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HoldSum } from '../../core/account/account.ts'
import { limitInstantsMax } from '../../core/account/bounds.ts'
import { addHold, addLimitHold, dropExpired, heldAt } from '../../core/account/holds.ts'
import { hourMs, minuteMs } from '../../core/time/time.ts'
import { propertyRuns } from '../support/property-runs.ts'

const holds = [
  { expiresAt: 10, quantity: 1 },
  { expiresAt: 20, quantity: 2 },
  { expiresAt: 30, quantity: 4 },
]

describe('adding a hold', () => {
  test('keeps the order of their ends', () => {
    expect(addHold(holds, 15, 8)).toEqual([holds[0], { expiresAt: 15, quantity: 8 }, holds[1], holds[2]])
  })

  test('adds to the hold of the same end', () => {
    expect(addHold(holds, 20, 8)).toEqual([holds[0], { expiresAt: 20, quantity: 10 }, holds[2]])
  })

  test('with all that is held taken back, removes the hold', () => {
    expect(addHold(holds, 20, -2)).toEqual([holds[0], holds[2]])
  })
})

test('a hold is over at its end', () => {
  expect([9, 10, 29, 30].map((at) => heldAt(holds, at))).toEqual([7, 6, 4, 0])
})

describe('dropping expired holds', () => {
  test('keeps those that end later', () => {
    expect(dropExpired(holds, 20)).toEqual([holds[2]])
    expect(dropExpired(holds, 30)).toEqual([])
  })

  test('gives back the same list when none has expired', () => {
    expect(dropExpired(holds, 9)).toBe(holds)
  })
})

describe('the holds of a limit', () => {
  const minutes = (minute: number) => minute * minuteMs
  const addAll = (count: number) =>
    Array.from({ length: count }, (_, index) => minutes(index + 1)).reduce<readonly HoldSum[]>(
      (sums, at) => addLimitHold(sums, at, 1),
      [],
    )

  test('end exactly while they have few instants, and on quarter hours when they have more', () => {
    expect(addAll(limitInstantsMax)).toHaveLength(limitInstantsMax)
    expect(addAll(limitInstantsMax + 1)).toEqual([
      { expiresAt: minutes(15), quantity: 15 },
      { expiresAt: minutes(30), quantity: 2 },
    ])
  })

  test('are never too few, end at most a quarter of an hour late, and stay within 97 instants', () => {
    const step = fc.record({
      wait: fc.constantFrom(0, 0, minuteMs, 20 * minuteMs),
      hold: fc.integer({ min: 1, max: 24 * 60 }),
      quantity: fc.integer({ min: 1, max: 9 }),
      release: fc.option(fc.nat(30), { freq: 2 }),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 300 }), (steps) => {
        let now = 0
        let sums: readonly HoldSum[] = []
        let open: { at: number; left: number }[] = []
        for (const { wait, hold, quantity, release } of steps) {
          now += wait
          sums = dropExpired(sums, now)
          open = open.filter(({ at }) => at > now - 15 * minuteMs)
          const at = Math.ceil((now + minutes(hold)) / minuteMs) * minuteMs
          sums = addLimitHold(sums, at, quantity)
          open.push({ at, left: quantity })
          const released = release === null ? undefined : open.filter(({ at: end }) => end > now)[release]
          if (released !== undefined) {
            sums = addLimitHold(sums, released.at, -1)
            released.left -= 1
            open = open.filter(({ left }) => left > 0)
          }
          expect(sums.length).toBeLessThanOrEqual(97)
          for (const later of [0, 7 * minuteMs, hourMs, 5 * hourMs]) {
            const exact = (instant: number) =>
              open.reduce((sum, { at: end, left }) => (end > instant ? sum + left : sum), 0)
            const held = heldAt(sums, now + later)
            expect(held).toBeGreaterThanOrEqual(exact(now + later))
            expect(held).toBeLessThanOrEqual(exact(now + later - 15 * minuteMs))
          }
        }
      }),
      propertyRuns(100),
    )
  })
})
