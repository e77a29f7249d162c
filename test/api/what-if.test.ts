import { expect } from 'vitest'
import { RequestMeter } from '../../bench/request-meter.ts'
import { test } from '../support/fixtures.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'
import { putItems } from '../support/put-items.ts'
import { type UseOfDay, usageItems } from '../support/usage-rows.ts'

/* The clock shows 2026-02-20T10:00:00Z. */

const acad = 'automation-autocad'
const complex = 'model-derivative-complex-job'
const simple = 'model-derivative-simple-job'
const developer = { scope: 'hub:read', sub: 's', team: 'acme', role: 'developer' }

/** January: 25 complex jobs of two apps, 21 of them by the 20th, and 31 units of AutoCAD. */
const january: readonly UseOfDay[] = [
  { appId: 'viewer', meter: complex, day: '2026-01-05', quantity: 12 },
  { appId: 'drill', meter: complex, day: '2026-01-20', quantity: 9 },
  { appId: 'viewer', meter: complex, day: '2026-01-30', quantity: 4 },
  { appId: 'viewer', meter: acad, day: '2026-01-31', quantity: 31 * 720 },
  { appId: 'viewer', meter: 'data-management', day: '2026-01-31', quantity: 9 },
]

async function ask(party: Party, body: object, claims?: Record<string, string>) {
  return party.call('whatIf', { body, ...(claims && { claims }) })
}

test('a past month is priced on every plan, and nothing is written', async ({ table }) => {
  const meter = new RequestMeter(table)
  const party = await newParty(meter.table, { now: () => Date.parse('2026-02-20T10:00:00Z') })
  await foundAcme(party, 100)
  await putItems(table, usageItems('acme', january))
  const before = (await party.deps.operations.load('acme'))?.version
  let body: Record<string, unknown> = {}
  const { writeUnits } = await meter.during(async () => {
    body = (await ask(party, { use: { month: '2026-01' }, purchase: { tokens: 100, on: '2026-03-01' } })).body
  })
  expect(writeUnits).toBe(0)
  expect((await party.deps.operations.load('acme'))?.version).toBe(before)
  // 12 units of jobs for $9.00 or 3 tokens, and 31 of AutoCAD for $3.00 or a token: $201.00, or 67 tokens.
  expect(body).toMatchObject({
    month: '2026-01',
    best: 'pay-as-you-go',
    unrated: ['data-management'],
    plans: [
      {
        plan: 'free',
        usdCents: 0,
        refusedMeters: 2,
        meters: [
          { meter: acad, free: 18_000, refused: 4_320, refusedFrom: '2026-01-31' },
          { meter: complex, free: 20, refused: 5, refusedFrom: '2026-01-20' },
        ],
      },
      { plan: 'pay-as-you-go', tokens: 0, usdCents: 20_100, unmet: [] },
      { plan: 'flex', tokens: 67, usdCents: 30_000, purchase: { tokens: 100, left: 33 } },
      { plan: 'flex-then-pay-as-you-go', tokens: 67, usdCents: 30_000 },
    ],
    // 12 units of half an hour and 12 of two jobs.
    before: { version: '2022-11-07', until: '2025-12-07', tokens: 24, usdCents: 30_000 },
    purchase: { tokens: 100, on: '2026-03-01', usdCents: 30_000, expiresAt: '2027-03-02T00:00:00Z' },
  })
})

test('typed quantities have no days, and a developer sees what they cost', async ({ party }) => {
  await foundAcme(party, 100)
  const use = { quantities: [{ meter: complex, quantity: 41 }] }
  const { body } = await ask(party, { use }, developer)
  expect(body).toMatchObject({
    plans: { 0: { meters: [{ refused: 21 }] }, 1: { plan: 'pay-as-you-go', usdCents: 18_000 } },
  })
  expect(JSON.stringify(body)).not.toContain('refusedFrom')
})

test('a developer sees tokens and refusals of a past month, and no money', async ({ party, table }) => {
  await foundAcme(party, 100)
  await putItems(table, usageItems('acme', january))
  const seen = (await ask(party, { use: { month: '2026-01' } }, developer)).body
  expect(JSON.stringify(seen)).not.toMatch(/usdCents/i)
  expect(seen).toMatchObject({
    plans: { 2: { plan: 'flex', tokens: 67, purchase: { tokens: 100, left: 33 } } },
  })
  const all = (await ask(party, { use: { month: '2026-01' } })).body
  expect(
    JSON.parse(JSON.stringify(all).replace(/"\w*[uU]sdCents":\d+,?|,"\w*[uU]sdCents":\d+(?=})/g, '')),
  ).toEqual(seen)
})

test('a purchase on a coming day says when its tokens run out', async ({ party }) => {
  await foundAcme(party, 100)
  await party.call('choosePlan', { body: { plan: 'paid' } })
  // 28 units in February are a token a day: 100 tokens from 20 February, then 100 more.
  const use = { quantities: [{ meter: acad, quantity: 28 * 720 }] }
  const { body } = await ask(party, { use, purchase: { tokens: 100, on: '2026-03-02' } })
  expect(body.purchase).toEqual({
    ...{ tokens: 100, on: '2026-03-02', unitPriceUsdCents: 300, usdCents: 30_000 },
    ...{ expiresAt: '2027-03-03T00:00:00Z', tokensBefore: 90, runOutOn: '2026-09-08', lapsing: 0 },
  })
})

test('wrong fields are named with their limits', async ({ party }) => {
  await foundAcme(party, 100)
  const use = {
    quantities: [
      { meter: 'no-such-meter', quantity: 1 },
      { meter: simple, quantity: 1 },
      { meter: 'data-management', quantity: 1 },
    ],
  }
  const errorsOf = async (body: object) => (await ask(party, body)).body.errors
  expect(await errorsOf({ use, purchase: { tokens: 99, on: '2026-02-19' } })).toEqual([
    { pointer: '/use/quantities/0/meter', message: 'is not a meter of a rate card' },
    { pointer: '/use/quantities/2/meter', message: 'is not a meter of a rate card' },
    { pointer: '/purchase/tokens', message: 'must be at least 100, the smallest purchase' },
    { pointer: '/purchase/on', message: 'must be at least 2026-02-20' },
  ])
  expect(await errorsOf({ use: { month: '2026-02' } })).toEqual([
    { pointer: '/use/month', message: 'must be at most 2026-01' },
  ])
  const both = { month: '2026-01', quantities: [{ meter: acad, quantity: 1 }] }
  expect(await errorsOf({ use: {} })).toEqual([{ pointer: '/use/month', message: 'is required' }])
  expect(await errorsOf({ use: both })).toEqual([{ pointer: '/use', message: 'is not valid' }])
  const later = { use: { month: '2026-01' }, purchase: { tokens: 100, on: '2027-02-21' } }
  expect(await errorsOf(later)).toEqual([{ pointer: '/purchase/on', message: 'must be at most 2027-02-20' }])
  const twice = { quantities: [1, 2].map((quantity) => ({ meter: acad, quantity })) }
  expect(await errorsOf({ use: twice })).toEqual([
    { pointer: '/use/quantities', message: 'must not name a meter twice' },
  ])
  expect(await errorsOf({ use: { quantities: [{ meter: acad, quantity: 1_000_000_001 }] } })).toEqual([
    { pointer: '/use/quantities/0/quantity', message: 'must be at most 1000000000' },
  ])
})

test('the largest quantities on every meter stay exact', async ({ party }) => {
  await foundAcme(party, 100)
  const meters = launchCatalog.rateCards.flatMap((card) => card.meters.map(({ meter }) => meter))
  const quantities = meters.map((meter) => ({ meter, quantity: 1_000_000_000 }))
  const purchase = { tokens: 1_000_000, on: '2027-02-20' }
  const { status, body } = await ask(party, { use: { quantities }, purchase })
  expect(status).toBe(200)
  // The whole units of a billion, each with its tokens:
  const tokens = [
    ...[1_388_888, 1_388_888, 1_388_888, 555_555, 833_333], // AutoCAD, Inventor, Revit, 3ds Max, Fusion
    ...[500_000_000 * 3, 500_000_000, 3_333], // complex jobs, simple jobs, basic calls
    ...[277_777, 20_000_000], // flow graphs, photos
  ]
  expect(body).toMatchObject({ plans: { 2: { tokens: tokens.reduce((sum, count) => sum + count) } } })
})
