import { expect } from 'vitest'
import { prepareEnvironment } from '../../bench/environment.ts'
import { test as base } from '../support/fixtures.ts'

/* Many Lambda environments in virtual time: the real handlers on the real engine. The figures depend on the seed alone. */

const test = base.extend('scenarios', { scope: 'file' }, async ({ engine }) => {
  // The handlers read the environment when they are loaded.
  prepareEnvironment()
  process.env.AWS_ENDPOINT_URL_DYNAMODB = engine.endpoint
  const { logger } = await import('../../lambdas/runtime/log.ts')
  logger.setLogLevel('SILENT')
  return import('../../bench/model/scenarios.ts')
})

test('the same seed gives the same figures, and another seed gives others', async ({ engine, scenarios }) => {
  const run = (seed: number) =>
    scenarios.runHotTeam({ newTable: () => engine.newTable(), seed, seconds: 2 }, 8)
  const [first, second, other] = [await run(1), await run(1), await run(2)]
  expect(second).toEqual(first)
  expect(other).not.toEqual(first)
})

test('one environment alone loses no race: five write units for each authorization, and no 503', async ({
  engine,
  scenarios,
}) => {
  const load = await scenarios.runHotTeam({ newTable: () => engine.newTable(), seed: 1, seconds: 5 }, 1)
  expect(load).toMatchObject({ writeUnitsPerAllow: 5, busyShare: 0, wrong: 0 })
  expect(load.allowedPerSecond).toBeGreaterThan(40)
})

test('64 environments on one team are allowed as often as one, and turn the others away with Retry-After', async ({
  engine,
  scenarios,
}) => {
  const run = { newTable: () => engine.newTable(), seed: 1, seconds: 6 }
  const [one, many] = [await scenarios.runHotTeam(run, 1), await scenarios.runHotTeam(run, 64)]
  expect(many.allowedPerSecond).toBeGreaterThanOrEqual(one.allowedPerSecond)
  expect(many.busyShare).toBeGreaterThan(0)
  expect(many.wrong).toBe(0)
  expect(many.p99Ms).toBeLessThan(2_000)
})

test('a purchase and a capture succeed within their eight seconds while 64 environments authorize', async ({
  engine,
  scenarios,
}) => {
  const run = { newTable: () => engine.newTable(), seed: 1, seconds: 6 }
  const { purchases, captures } = await scenarios.runAmongMany(run, 64)
  for (const { calls, failed, slowestMs } of [purchases, captures]) {
    expect(calls).toBeGreaterThan(0)
    expect(failed).toBe(0)
    expect(slowestMs).toBeLessThan(8_000)
  }
})

test('environments of separate teams are never turned away', async ({ engine, scenarios }) => {
  const run = { newTable: () => engine.newTable(), seed: 1, seconds: 1 }
  const load = await scenarios.runManyTeams(run, 16)
  expect(load).toMatchObject({ writeUnitsPerAllow: 5, busyShare: 0, wrong: 0 })
})
