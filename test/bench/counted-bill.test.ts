import { afterAll, beforeAll, expect, test } from 'vitest'
import { BenchClock } from '../../bench/clock.ts'
import { defaultFleet } from '../../bench/cost/fleet.ts'
import { readKeptBill } from '../../bench/cost/kept-bill.ts'
import type { Counts } from '../../bench/cost/operation-counts.ts'
import { type BenchEngine, startBenchEngine } from '../../bench/engine.ts'
import { prepareEnvironment } from '../../bench/environment.ts'
import { startsAt } from '../../bench/teams.ts'

/*
 * The cost of a month of the fleet, from counted requests and bytes of each operation. Nothing here takes
 * time.
 */

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

test('the bill is within five per cent of the stored one', async () => {
  const { costOf } = await import('../../bench/cost/report.ts')
  const { usd, usdMonth12 } = costOf(defaultFleet, counts)
  const kept = readKeptBill()
  for (const [bill, keptUsd] of [
    [usd, kept.usd],
    [usdMonth12, kept.usdMonth12],
  ] as const) {
    expect(bill.likely).toBeLessThanOrEqual(keptUsd * 1.05)
    // A cheaper bill must be stored too: otherwise a later growth would not be noticed.
    expect(bill.likely).toBeGreaterThanOrEqual(keptUsd * 0.95)
  }
})

test('an authorization with its capture takes ten write units, and every operation was counted', async () => {
  const { authorization, capture, usual, ...counted } = counts
  expect(authorization.writeUnits + capture.writeUnits).toBe(10)
  expect(usual).toMatchObject({ writeUnits: 6, readUnits: 2 })
  const reading = ['refusal', 'poll', 'usage']
  for (const [name, count] of Object.entries(counted))
    if (typeof count === 'object') {
      expect(count.requests, name).toBeGreaterThan(0)
      expect(count.writeUnits > 0, name).toBe(!reading.includes(name))
    }
})
