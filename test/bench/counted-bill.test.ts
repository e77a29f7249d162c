import { afterAll, beforeAll, expect, test } from 'vitest'
import { BenchClock } from '../../bench/clock.ts'
import { defaultFleet } from '../../bench/cost/fleet.ts'
import { readKeptBill } from '../../bench/cost/kept-bill.ts'
import type { Counts } from '../../bench/cost/operation-counts.ts'
import { type BenchEngine, startBenchEngine } from '../../bench/engine.ts'
import { prepareEnvironment } from '../../bench/environment.ts'
import { startsAt } from '../../bench/teams.ts'

/* What a month of the fleet costs, by counting what each operation asks for: requests and bytes, nothing that takes time. */

let engine: BenchEngine
let counts: Counts

beforeAll(async () => {
  prepareEnvironment()
  engine = await startBenchEngine()
  process.env.AWS_ENDPOINT_URL_DYNAMODB = engine.endpoint
  const { countOperations } = await import('../../bench/cost/operation-counts.ts')
  counts = await countOperations(engine.tableName, new BenchClock(startsAt), defaultFleet)
})
afterAll(() => engine?.stop())

test('the bill is within five per cent of the one that was written last', async () => {
  const { costOf } = await import('../../bench/cost/report.ts')
  const { usd, usdMonth12 } = costOf(defaultFleet, counts)
  const kept = readKeptBill()
  for (const [bill, keptUsd] of [
    [usd, kept.usd],
    [usdMonth12, kept.usdMonth12],
  ] as const) {
    expect(bill.likely).toBeLessThanOrEqual(keptUsd * 1.05)
    // Cheaper is as good a reason to write it again: what it grows by later would not be seen.
    expect(bill.likely).toBeGreaterThanOrEqual(keptUsd * 0.95)
  }
})

test('an authorization with its capture is ten write units, and every operation was counted', async () => {
  const { authorization, capture, usual, ...counted } = counts
  expect(authorization.writeUnits + capture.writeUnits).toBe(10)
  expect(usual).toMatchObject({ writeUnits: 6, readUnits: 2 })
  const reading = ['refusal', 'balance', 'usage']
  for (const [name, count] of Object.entries(counted))
    if (typeof count === 'object') {
      expect(count.requests, name).toBeGreaterThan(0)
      expect(count.writeUnits > 0, name).toBe(!reading.includes(name))
    }
})
