import { expect } from 'vitest'
import { test } from './model-fixtures.ts'

const callsPerSecond = 50_000

test('a million refused calls in 20 seconds cost at most 64 read units and no write', async ({ model }) => {
  const load = await model.runRefused({ ...model, seed: 1, calls: 1_000_000, callsPerSecond })
  expect(load).toMatchObject({ denied: 1_000_000, others: 0, units: { writeUnits: 0 } })
  expect(load.units.readUnits).toBeLessThanOrEqual(64)
  // It asks again all the time, and not more than once a second.
  expect(load.requests).toBeGreaterThanOrEqual(10)
  expect(load.requests).toBeLessThanOrEqual(21)
})

test.for([1, 2, 3, 4, 5])(
  'a purchase is seen within two seconds of its answer, seed %s',
  async (seed, { model }) => {
    const load = await model.runRefused({ ...model, seed, calls: 50_000, callsPerSecond })
    expect(load.seenMs).toBeLessThanOrEqual(2_000)
  },
)
