import { expect, test } from 'vitest'
import { billOf, quantitiesOf, totalUsd, usualQuantities } from '../../bench/cost/bill.ts'
import { fixedUsd } from '../../bench/cost/fixed.ts'
import { defaultFleet, type Fleet } from '../../bench/cost/fleet.ts'
import { billFigure } from '../../bench/cost/kept-bill.ts'
import type { Counts } from '../../bench/cost/operation-counts.ts'

const nothing = { requests: 0, writeUnits: 0, readUnits: 0, logBytes: 0 }
const counts: Counts = {
  authorization: { requests: 1, writeUnits: 5, readUnits: 0, logBytes: 100 },
  capture: { requests: 2, writeUnits: 5, readUnits: 1, logBytes: 100 },
  refusal: { requests: 2, writeUnits: 0, readUnits: 2, logBytes: 0 },
  usageRequest: { requests: 6, writeUnits: 1_510, readUnits: 0, logBytes: 0 },
  balance: { requests: 2, writeUnits: 0, readUnits: 1, logBytes: 0 },
  usage: { requests: 2, writeUnits: 0, readUnits: 3, logBytes: 0 },
  sweptTeam: nothing,
  usageView: nothing,
  publisher: nothing,
  delivery: nothing,
  storedEntryBytes: 500,
  archivedEntryBytes: 400,
  usual: { writeUnits: 6, readUnits: 2, storedBytes: 100 },
}
/** A million calls, a thousand to an authorization, and nothing else. */
const fleet: Fleet = {
  ...defaultFleet,
  teams: 1,
  callsByMeter: { calls: 1_000_000 },
  callsPerAuthorization: 1_000,
  refusedCalls: 0,
  usageEvents: 0,
  pageHours: 0,
  sweepsPerTeam: 0,
  toldEvents: 0,
  webhooks: 0,
  transitions: 0,
  entriesPerCatchUp: 10,
  platformLogBytes: 300,
}

test('a million calls under authorizations of a thousand are a thousand pairs', () => {
  expect(quantitiesOf(fleet, counts)).toMatchObject({
    writeUnits: 10_000,
    readUnits: 1_000,
    httpRequests: 2_000,
    // Each pair, and two consumers of the stream for ten entries at a time.
    invocations: 2_400,
    storedGigabytes: 0.001,
  })
})

test('whoever looks at the page for an hour asks for the balance 2,400 times, and for the use 720', () => {
  const looking = quantitiesOf({ ...fleet, pageHours: 1 }, counts)
  expect(looking.httpRequests - 2_000).toBe(2_400 + 720)
  expect(looking.readUnits - 1_000).toBe(2_400 + 720 * 3)
})

test('the usual design pays for every call', () => {
  expect(usualQuantities(fleet, counts)).toMatchObject({
    writeUnits: 6_000_000,
    readUnits: 2_000_000,
    httpRequests: 2_000_000,
  })
})

test('the prices are those of the table', () => {
  const none = Object.fromEntries(billOf(quantitiesOf(fleet, counts)).map(({ of }) => [of, 0]))
  const lines = billOf({ ...none, writeUnits: 2_000_000, httpRequests: 500_000 } as never)
  expect(lines.find(({ of }) => of === 'writeUnits')?.usd).toBe(1.25)
  expect(totalUsd(lines)).toBe(1.75)
})

test('what a stage costs whatever is called is its alarms, dashboards, metrics, keys and secret', () => {
  // 10.40 of alarms and 0.50 of one of alarms, 6 of dashboards, 11.70 of our own metrics, 2 of keys, 0.40 of the secret.
  expect(fixedUsd()).toBeCloseTo(31, 6)
})

test.each([
  [100, true],
  [105, true],
  [105.01, false],
  [80, true],
])('a bill of %d USD where 100 are kept passes the bench: %s', (usd, isMet) => {
  expect(billFigure(usd, { fleet: 'some', usd: 100, usdPerMillionCalls: 1 }).isMet).toBe(isMet)
})
