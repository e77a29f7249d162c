import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { assumptionNames, assumptions, likely } from '../../bench/cost/assumptions.ts'
import { billOf, monthlyBill, quantitiesOf, totalUsd, usualQuantities } from '../../bench/cost/bill.ts'
import { fixedUsd } from '../../bench/cost/fixed.ts'
import { defaultFleet, Fleet } from '../../bench/cost/fleet.ts'
import { billFigure } from '../../bench/cost/kept-bill.ts'
import { pageFigures } from '../../bench/cost/pages.ts'
import { doublings, rangeOf, swingsOf } from '../../bench/cost/ranges.ts'
import { costOf, toAssumptionText, toBillText } from '../../bench/cost/report.ts'
import priceTable from '../../bench/prices.json' with { type: 'json' }
import { routes } from '../../contract/routes.ts'
import { authorizationRefusals } from '../../core/refusal.ts'
import { counts } from './counts.ts'

/** A million calls, a thousand for each authorization, and nothing else. */
const fleet: Fleet = {
  ...defaultFleet,
  teams: 1,
  callsByMeter: { calls: 1_000_000 },
  callsPerAuthorization: 1_000,
  refusedCalls: 0,
  usageEvents: 0,
  pageHours: 0,
  sweepsPerTeam: 0,
  notifiedEvents: 0,
  webhooks: 0,
  transitions: 0,
  assumed: { ...likely, entriesPerCatchUp: 10, entriesPerArchiving: 100, sampledLineBytes: 0 },
}

test('a million calls under authorizations of a thousand are a thousand pairs', () => {
  const quantities = quantitiesOf(fleet, counts)
  expect(quantities).toMatchObject({
    // Ten units for each pair, and three for each of twenty runs of the archive.
    writeUnits: 10_000 + 60,
    readUnits: 1_000 + 20,
    httpRequests: 2_000,
    // Each pair makes two calls; two consumers of the stream run once for ten entries.
    invocations: 2_400,
  })
})

test('an entry is stored twice, with 100 more bytes each time, and its recovery is paid once', () => {
  // The entries are 2,000 of 600 bytes. A month is billed by its average, so the first month counts half of
  // them.
  expect(quantitiesOf(fleet, counts)).toMatchObject({
    storedGigabytes: 0.0012,
    recoverableGigabytes: 0.0006,
  })
  expect(quantitiesOf(fleet, counts, 12).storedGigabytes).toBeCloseTo(0.0024 * 11.5, 9)
})

test('the logs are those of functions and consumers and the access log, without lines that Lambda does not write', () => {
  const { logGigabytes } = quantitiesOf(fleet, counts)
  expect(logGigabytes * 1e9).toBeCloseTo(2_000 * (100 + 142) + 400 * 210, 6)
})

test('tracing is a setting: a share of all invocations, or none', () => {
  const traced = (tracedShare: number) =>
    quantitiesOf({ ...fleet, assumed: { ...fleet.assumed, tracedShare } }, counts).traces
  expect([traced(0), traced(0.5), traced(1)]).toEqual([0, 1_200, 2_400])
})

test('an hour of open pages is 264 requests, each with its read units and one for the membership', () => {
  const looking = quantitiesOf({ ...fleet, pageHours: 1 }, counts)
  const { readUnits, httpRequests } = quantitiesOf(fleet, counts)
  // 0.2 h worked on: 144 polls, 36 answers and 24 of no team. 0.6 h hidden: 36 polls. 0.2 h untouched: 24 requests.
  expect(looking.httpRequests - httpRequests).toBeCloseTo(264, 6)
  expect(looking.readUnits - readUnits).toBeCloseTo(264 * (3 + 1), 6)
})

test('the bench fails when an unchanged poll reads more than two units', () => {
  const met = (ownReadUnits: number) =>
    pageFigures({ ...counts, poll: { ...counts.poll, ownReadUnits } }).every(({ isMet = true }) => isMet)
  expect([met(2), met(2.5)]).toEqual([true, false])
})

test('the usual design pays for every call', () => {
  expect(usualQuantities(fleet, counts)).toMatchObject({
    writeUnits: 6_000_000,
    readUnits: 2_000_000,
    httpRequests: 2_000_000,
  })
})

test('the prices match the price table', () => {
  const quantities = quantitiesOf(fleet, counts)
  const none = Object.fromEntries(Object.keys(quantities).map((name) => [name, 0]))
  const lines = billOf({ ...none, writeUnits: 2_000_000, httpRequests: 500_000 } as never)
  expect(lines.find(({ of }) => of === 'write units')?.usd).toBe(1.25)
  expect(totalUsd(lines)).toBe(1.75)
})

test('an idle stage costs its alarms, dashboards, metrics, keys and secret', () => {
  // A test in test/stack compares the numbers with the templates.
  const { alarmMetrics, compositeAlarms, dashboards, ownMetrics, keys, secrets } = priceTable.fixed
  const expected =
    alarmMetrics.number * 0.1 +
    compositeAlarms.number * 0.5 +
    dashboards.number * 3 +
    ownMetrics.number * 0.3 +
    keys.number +
    secrets.number * 0.4
  expect(expected).toBeGreaterThan(25)
  expect(fixedUsd()).toBeCloseTo(expected, 6)
  const called = totalUsd(billOf(quantitiesOf(fleet, counts)))
  expect(totalUsd(monthlyBill(fleet, counts)) - called).toBeCloseTo(expected, 6)
})

describe('assumptions', () => {
  const usd = (some: Fleet) => totalUsd(monthlyBill(some, counts))

  test.each(assumptionNames)('%s has a likely value between its bounds, and a reason', (name) => {
    const { from, likely: value, to, why } = assumptions[name]
    expect(from).toBeLessThanOrEqual(value)
    expect(value).toBeLessThanOrEqual(to)
    expect(why).toMatch(/\w/)
  })

  test('a metric for each call and answer stays within the bounds', () => {
    expect(assumptions.dimensionedMetrics.to).toBeGreaterThanOrEqual(
      routes.length + authorizationRefusals.length + 1,
    )
  })

  test('are all listed, and those with the most influence come first', () => {
    const widths = swingsOf(defaultFleet, usd).map(({ low, high }) => high - low)
    expect(widths).toEqual(widths.toSorted((a, b) => b - a))
    expect(widths[0]).toBeGreaterThan(1)
    const text = toAssumptionText(costOf(defaultFleet, counts))
    for (const name of assumptionNames) expect(text).toContain(assumptions[name].what)
  })

  test('give a range around the likely bill that is narrower than the sum of their worst cases', () => {
    const { low, likely: value, high } = rangeOf(defaultFleet, usd)
    const swings = swingsOf(defaultFleet, usd)
    expect(low).toBeLessThan(value)
    expect(high).toBeGreaterThan(value)
    expect(high - value).toBeLessThan(swings.reduce((sum, swing) => sum + swing.high - value, 0))
    expect(high).toBeGreaterThanOrEqual(Math.max(...swings.map((swing) => swing.high)))
  })

  test('can be replaced one by one in a fleet file', () => {
    const { assumed, ...described } = defaultFleet
    const parsed = v.parse(Fleet, { ...described, assumed: { tracedShare: 0 } })
    expect(parsed.assumed).toEqual({ ...assumed, tracedShare: 0 })
    expect(v.parse(Fleet, described).assumed).toEqual(likely)
    expect(() => v.parse(Fleet, { ...described, assumed: { tracedShares: 0 } })).toThrow()
  })
})

test('authorizations of twice the size halve the cost of calls, and the report names the savings', () => {
  const change = doublings(fleet, (some) => quantitiesOf(some, counts).writeUnits)
  expect(change[0]).toEqual({ name: 'callsPerAuthorization', change: -(10_060 / 2) })
})

test('the report has whole dollars, a range for two months, and the total', () => {
  const report = costOf(defaultFleet, counts)
  const text = toBillText(report)
  expect(text).not.toMatch(/\| \d+\.\d\d \|/)
  const whole = (range: { low: number; high: number }) => `${Math.round(range.low)}–${Math.round(range.high)}`
  expect(text).toContain(`**${whole(report.usd)}** | **${whole(report.usdMonth12)}**`)
  expect(report.usdMonth12.likely).toBeGreaterThan(report.usd.likely)
  // Lines that are combined into one line count in the total.
  expect(totalUsd(report.lines)).toBeCloseTo(report.usd.likely, 9)
  expect(text.split('\n').length).toBeLessThanOrEqual(30)
})

test.each([
  [100, true],
  [105, true],
  [105.01, false],
  [80, true],
])('a bill of %d USD where 100 are kept passes the bench: %s', (usd, isMet) => {
  const kept = { fleet: 'some', usd: 100, usdMonth12: 120, usdPerMillionCalls: 1 }
  expect(billFigure(usd, kept).isMet).toBe(isMet)
})
