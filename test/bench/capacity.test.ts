import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { capacityOf, ceilingsOf, type LimitName, toCapacityText } from '../../bench/cost/capacity.ts'
import { defaultFleet, type Fleet } from '../../bench/cost/fleet.ts'
import limitTable from '../../bench/limits.json' with { type: 'json' }
import { shardPace } from '../../lambdas/runtime/pace.ts'
import { dueShards } from '../../lambdas/store/keys.ts'
import { sweepEveryMinutes } from '../../lib/functions.ts'
import { settings } from '../../lib/settings.ts'
import { throttles } from '../../lib/throttles.ts'
import { counts } from './counts.ts'

const { limits } = limitTable

function grown(times: number): Fleet {
  const callsByMeter = Object.entries(defaultFleet.callsByMeter).map(([meter, calls]) => [
    meter,
    calls * times,
  ])
  return {
    ...defaultFleet,
    callsByMeter: Object.fromEntries(callsByMeter),
    teams: defaultFleet.teams * times,
    usageEvents: defaultFleet.usageEvents * times,
    refusedCalls: defaultFleet.refusedCalls * times,
    pageHours: defaultFleet.pageHours * times,
    people: defaultFleet.people * times,
    notifiedEvents: defaultFleet.notifiedEvents * times,
    webhooks: defaultFleet.webhooks * times,
  }
}
const demandOf = (fleet: Fleet, limit: LimitName) =>
  capacityOf(fleet, counts).find((load) => load.limit === limit)?.demand ?? Number.NaN

test.each(Object.keys(limits) as LimitName[])(
  'a fleet of ten times the size needs ten times as much of %s',
  (limit) => {
    const [one, ten] = [demandOf(defaultFleet, limit), demandOf(grown(10), limit)]
    expect(one).toBeGreaterThan(0)
    expect(ten / one).toBeCloseTo(10, 1)
  },
)

test('the limit that is reached first is on top, and is full at the size that the table states', () => {
  const [first, ...others] = capacityOf(defaultFleet, counts)
  for (const { fits } of others) expect(fits).toBeGreaterThanOrEqual(first?.fits ?? Number.NaN)
  const [atItsSize] = capacityOf(grown(Math.ceil(first?.fits ?? 0)), counts)
  expect(atItsSize).toMatchObject({ limit: first?.limit })
  expect(atItsSize?.fits).toBeLessThanOrEqual(1)
})

test('the described fleet fits under every limit, and a hundred of them do not', () => {
  for (const { fits, limit } of capacityOf(defaultFleet, counts)) expect(fits, limit).toBeGreaterThan(2)
  expect(capacityOf(grown(100), counts).filter(({ fits }) => fits < 1).length).toBeGreaterThan(1)
})

test('more calls for each authorization give fewer transactions of the busiest team', () => {
  const large = { ...defaultFleet, callsPerAuthorization: 10_000 }
  const ratio = demandOf(defaultFleet, 'accountTransactions') / demandOf(large, 'accountTransactions')
  expect(ratio).toBeCloseTo(10, 1)
})

test('raised limits raise the capacity of one Region', () => {
  for (const { what, firstDay, raised } of ceilingsOf(defaultFleet, counts)) {
    expect(firstDay, what).toBeGreaterThan(0)
    expect(raised, what).toBeGreaterThan(firstDay)
  }
})

describe('the table of limits', () => {
  test('states our own settings correctly', () => {
    expect(limits.routeCalls.value).toBe(settings.callsPerSecond.default)
    expect(limits.usageRequests.value).toBe(throttles.recordUsage?.perSecond)
  })

  test('states as many closed months in an hour as the bounds of the sweep allow', async () => {
    Object.assign(process.env, { TABLE_NAME: 'unused', PAYMENTS: 'sandbox', STAGE: 'test' })
    const { sweepBudgetMs } = await import('../../lambdas/consumers/sweep.ts')
    const inOneRun = (shardPace.teamsPerSecond * dueShards * sweepBudgetMs) / 1_000
    expect(limits.closedMonths.value / 1_000).toBeCloseTo((inOneRun * 60) / sweepEveryMinutes / 1_000, 0)
  })

  test('states the source of each limit, and the setting to change', () => {
    for (const { what, kind, raise, source } of Object.values(limits)) {
      expect(kind, what).toMatch(/^(setting|quota|fixed|measured)$/)
      expect(raise, what).toMatch(/\w/)
      expect(source, what).toMatch(
        kind === 'quota' || kind === 'fixed' ? /^https:\/\/docs\.aws\.amazon\.com\// : /\w/,
      )
    }
  })

  test('is in the documentation, row by row', () => {
    const page = readFileSync(new URL('../../docs/capacity.md', import.meta.url), 'utf8')
    for (const { what, raise } of Object.values(limits)) {
      expect(page).toContain(what)
      expect(page).toContain(raise)
    }
    expect(toCapacityText(defaultFleet, counts).split('\n').length).toBeLessThan(40)
  })
})
