import { afterAll, beforeAll, expect, test } from 'vitest'
import { BenchClock } from '../../bench/clock.ts'
import { defaultFleet } from '../../bench/cost/fleet.ts'
import { readKeptBill } from '../../bench/cost/kept-bill.ts'
import { type BenchEngine, startBenchEngine } from '../../bench/engine.ts'
import { prepareEnvironment } from '../../bench/environment.ts'
import { startsAt } from '../../bench/teams.ts'

/* What a month of the fleet costs, by counting what each operation asks for: requests and bytes, nothing that takes time. */

let engine: BenchEngine

beforeAll(async () => {
  prepareEnvironment()
  engine = await startBenchEngine()
  process.env.AWS_ENDPOINT_URL_DYNAMODB = engine.endpoint
})
afterAll(() => engine?.stop())

test('the bill is within five per cent of the one that was written last', async () => {
  const { countOperations } = await import('../../bench/cost/operation-counts.ts')
  const { costOf } = await import('../../bench/cost/report.ts')
  const counts = await countOperations(engine.tableName, new BenchClock(startsAt), defaultFleet)
  const { usd } = costOf(defaultFleet, counts)
  const kept = readKeptBill().usd
  expect(usd).toBeLessThanOrEqual(kept * 1.05)
  // Cheaper is as good a reason to write it again: what it grows by later would not be seen.
  expect(usd).toBeGreaterThanOrEqual(kept * 0.95)
})
