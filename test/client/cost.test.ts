import { expect } from 'vitest'
import { test } from './model-fixtures.ts'

const calls = 3_000_000
const hot = { calls, callsPerSecond: 50_000, startsWithinSeconds: 2 }

test('a hot team costs at most half a write unit per 1,000 calls, and a cent per million', async ({
  model,
}) => {
  const load = await model.runLeases({ ...model, seed: 1, holders: 8, ...hot })
  expect(load).toMatchObject({ allowed: calls, others: 0, used: calls })
  expect(load.settlements.writeUnits / (calls / 1_000)).toBeLessThanOrEqual(0.5)
  expect(model.leaseUsdPerMillion(load)).toBeLessThanOrEqual(0.01)
})

test('a process that is alone takes a request for at least every 10,000 calls', async ({ model }) => {
  const load = await model.runLeases({ ...model, seed: 1, holders: 1, ...hot, calls: 1_000_000 })
  expect(load).toMatchObject({ allowed: 1_000_000, others: 0, used: 1_000_000 })
  expect(load.requests).toBeLessThanOrEqual(100)
})
