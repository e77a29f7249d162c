import { expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { foundAcme, type Party } from '../support/party.ts'
import { putItems } from '../support/put-items.ts'
import { type UseOfDay, usageItems } from '../support/usage-rows.ts'

/* The clock shows 2026-02-20T10:00:00Z. Each row of the view charges one token and one cent for a unit. */

const acad = 'automation-autocad'
const dayAt = (index: number) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10)
/** A unit on each day from 1 January to 19 February 2026. */
const uses: readonly UseOfDay[] = Array.from({ length: 50 }, (_, index) => {
  return { appId: 'viewer', meter: acad, day: dayAt(index), quantity: 720, units: 1 }
})

const developer = { scope: 'hub:read', sub: 's', team: 'acme', role: 'developer' }

async function read(party: Party, claims?: Record<string, string>) {
  const { status, body } = await party.call('getForecast', { ...(claims && { claims }) })
  expect(status).toBe(200)
  return body
}

test('the cost so far, of last month and of each day is that of the daily usage', async ({
  party,
  table,
}) => {
  await foundAcme(party, 100)
  await putItems(table, usageItems('acme', uses))
  const query = { from: '2026-02-01', to: '2026-02-28', groupBy: 'meter' }
  const usage = (await party.call('getUsage', { query })).body.rows
  const { cost, lastMonth, days, tokens, meters, basis } = await read(party)
  expect(cost).toEqual({
    soFar: { tokens: 19, usdCents: 19 },
    // A unit on each of the nine days to come costs a token.
    expected: { tokens: 28, usdCents: 19 },
    low: { tokens: 28, usdCents: 19 },
    high: { tokens: 28, usdCents: 19 },
  })
  expect(usage).toMatchObject([{ meter: acad, tokens: 19, usdCents: 19 }])
  expect(lastMonth).toEqual({ period: '2026-01', tokens: 31, usdCents: 31 })
  expect(days).toHaveLength(35)
  expect(days).toMatchObject({ 0: { day: '2026-01-17', tokens: 1 }, 34: { day: '2026-02-20', tokens: 0 } })
  expect(tokens).toEqual({
    remaining: 100,
    runOutOn: '2026-05-31',
    runOutEarliestOn: '2026-05-31',
    runOutLatestOn: '2026-05-31',
    lapsing: [],
    horizonAt: '2027-02-21T00:00:00Z',
  })
  expect(meters).toEqual([{ meter: acad, used: 13_680, expected: 20_160, low: 20_160, high: 20_160 }])
  expect(basis).toEqual({ from: '2026-01-23', to: '2026-02-19', days: 28 })
})

test('a developer sees use, tokens and amounts, and no money', async ({ party, table }) => {
  await foundAcme(party, 100)
  await party.call('choosePlan', { body: { plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 5_000 } })
  await putItems(table, usageItems('acme', uses))
  const seen = await read(party, developer)
  expect(JSON.stringify(seen)).not.toMatch(/usdCents|spend/)
  const { limits, ...rest } = await read(party)
  expect(limits).toEqual([{ kind: 'spend', used: 0, limit: 5_000 }])
  expect(JSON.parse(JSON.stringify(rest).replace(/,"usdCents":\d+/g, ''))).toEqual({
    ...seen,
    limits: undefined,
  })
})

test('the limit of an app is reached at the pace of that app alone', async ({ party, table }) => {
  await foundAcme(party, 100)
  await party.call('limitApp', { body: { meter: acad, perPeriod: 720 * 25 } })
  const others = uses.map((use) => ({ ...use, appId: 'drill', quantity: 7_200 }))
  await putItems(table, usageItems('acme', [...uses, ...others]))
  // The limit counts from the account, on which no use was booked: a unit a day is used from today on.
  expect((await read(party)).limits).toEqual([
    { kind: 'app', appId: 'viewer', meter: acad, used: 0, limit: 18_000 },
  ])
  await party.call('limitApp', { body: { meter: acad, perPeriod: 720 * 5 } })
  expect((await read(party)).limits).toMatchObject([{ appId: 'viewer', reachedOn: '2026-02-24' }])
})

test('the answer stays the same for the rest of the day', async ({ party, table, clock }) => {
  await foundAcme(party, 100)
  await putItems(table, usageItems('acme', uses))
  const { headers } = await party.call('getForecast', {})
  clock.time += 13 * 3_600_000
  const again = { headers: { 'if-none-match': headers.etag ?? '' } }
  expect((await party.call('getForecast', again)).status).toBe(304)
  clock.time += 3_600_000
  expect((await party.call('getForecast', again)).status).toBe(200)
})
