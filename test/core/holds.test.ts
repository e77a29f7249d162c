import { describe, expect, test } from 'vitest'
import { addHold, dropExpired, heldAt } from '../../core/account/holds.ts'

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
