import * as v from 'valibot'
import { describe, expect } from 'vitest'
import { entryAnswer } from '../../contract/entries.ts'
import { dayMs, hourMs } from '../../core/time/time.ts'
import { UsageView } from '../../lambdas/store/usage-view.ts'
import { test } from '../support/fixtures.ts'
import { newParty, type Party } from '../support/party.ts'
import { storeWorld } from '../support/stored-world.ts'
import { World } from '../support/world.ts'

/** More than a year of one team: free use, lots that share a unit, shortfall that is paid later, money, late events, expiry. */
function busyWorld(): World {
  const world = new World('2025-12-20T10:00:00Z')
  world.plan({ plan: 'free', payAsYouGo: false })
  world.use('automation-revit', 5_000)
  world.pass(dayMs)
  world.plan({ plan: 'paid', payAsYouGo: false })
  world.buy(100)
  world.buy(100)
  for (let n = 0; n < 30; n++) {
    world.pass(11 * hourMs)
    world.use('automation-autocad', 1_000 + n, n % 3 === 0 ? n * hourMs : 0)
  }
  const asked = world.ask('model-derivative-complex-job', 10)
  if ('id' in asked) {
    world.capture(asked.id, 3)
    world.pass(hourMs)
    world.capture(asked.id, 8, true)
  }
  const other = world.ask('reality-capture', 75)
  if ('id' in other) world.void(other.id)
  world.use('flow-graph-engine', 3_600 * 100)
  world.pass(3 * dayMs)
  world.use('automation-autocad', 1_500, 30 * dayMs)
  world.use('flow-graph-engine', 3_600 * 50)
  world.plan({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 100_000 })
  world.use('model-derivative-complex-job', 20, 20 * hourMs)
  world.pass(100 * dayMs)
  world.buy(100)
  world.pass(50 * dayMs)
  world.use('reality-capture', 130, 20 * hourMs)
  world.pass(366 * dayMs)
  return world
}

let party: Party
let world: World

test.beforeAll(async ({ engine }) => {
  world = busyWorld()
  const table = await engine.newTable()
  await storeWorld(table, world)
  party = await newParty(table, { now: () => world.now })
  await new UsageView(table, party.deps.journal).catchUp('acme', world.account.version)
})

/** An entry, a row, a charge of an answer, to look into. */
// biome-ignore lint/suspicious/noExplicitAny: an answer is looked into field by field
type Any = any

/** All entries that a filter lets through, read page by page. */
async function entries(filter: Record<string, string>): Promise<Any[]> {
  const found: Any[] = []
  let cursor: string | undefined
  for (let pages = 0; pages < 100; pages++) {
    const query = { limit: '5', ...filter, ...(cursor !== undefined && { cursor }) }
    const { status, body } = await party.call('listEntries', { query })
    expect(status).toBe(200)
    found.push(...(body.entries as Any[]))
    cursor = body.cursor as string | undefined
    if (cursor === undefined) return found
  }
  throw new Error('the statement does not end')
}

const sum = (rows: Any[], amount: (row: Any) => number | undefined) =>
  rows.reduce((total: number, row) => total + (amount(row) ?? 0), 0)
const versions = (rows: readonly Any[]) => rows.map(({ version }) => version)

test('the entries of a day, an app and a meter are what the bar of that day shows', async () => {
  const query = { from: '2025-12-01', to: '2026-12-31' }
  const rows = (await party.call('getUsage', { query })).body.rows as Any[]
  expect(rows.length).toBeGreaterThan(8)
  for (const { day, app, meter, quantity, units, tokens, usdCents } of rows) {
    const all = await entries({ day, appId: app, meter })
    const booked = all.filter(({ kind }) => kind === 'usage' || kind === 'capture')
    const charges = booked.flatMap((entry) => entry.charges)
    expect({ day, meter, quantity: sum(booked, (entry) => entry.quantity) }).toEqual({ day, meter, quantity })
    expect([
      sum(charges, (charge) => charge.units),
      sum(charges, (charge) => charge.tokens),
      sum(charges, (charge) => charge.usdCents),
    ]).toEqual([units, tokens, usdCents])
  }
})

test('a usage event is listed on the day of its time, any other entry on the day of its effect', async () => {
  const byDay = Map.groupBy(world.entries, (entry) => {
    return new Date(entry.kind === 'usage' ? entry.time : entry.at).toISOString().slice(0, 10)
  })
  expect(byDay.size).toBeGreaterThan(15)
  for (const [day, expected] of byDay) {
    const { body } = await party.call('listEntries', { query: { day, limit: '100' } })
    expect([day, versions(body.entries as Any[])]).toEqual([day, versions(expected).toReversed()])
    expect(body).not.toHaveProperty('cursor')
  }
})

describe('a statement is filtered', () => {
  test('by kind', async () => {
    const expected = world.entries.filter(({ kind }) => kind === 'lot-granted')
    expect(expected.length).toBeGreaterThan(2)
    expect(versions(await entries({ kind: 'lot-granted' }))).toEqual(
      expected.map(({ version }) => version).toReversed(),
    )
  })

  test('by app, also its authorizations and what was given back', async () => {
    const kinds = new Set((await entries({ appId: 'app' })).map(({ kind }) => kind))
    expect(kinds).toEqual(new Set(['usage', 'authorization', 'capture', 'void']))
    expect(await entries({ appId: 'another' })).toEqual([])
  })

  test('by meter, also where nothing was charged', async () => {
    const found = await entries({ meter: 'automation-revit' })
    expect(found).toMatchObject([{ kind: 'usage', quantity: 5_000, funding: 'free', charges: [] }])
  })

  test('by API: what is about any of its meters, or about the one that is named, too', async () => {
    const automation = ['automation-autocad', 'automation-revit']
    const found = await entries({ api: 'automation', kind: 'usage' })
    expect(new Set(found.map(({ meter }) => meter))).toEqual(new Set(automation))
    expect(await entries({ api: 'automation', meter: 'automation-revit' })).toHaveLength(1)
    expect(await entries({ api: 'automation', meter: 'reality-capture' })).toEqual([])
    expect(await entries({ api: 'nothing' })).toEqual([])
  })

  test('by lot: granted, drawn on, announced to expire, expired', async () => {
    const lotId = lotIds().at(-1) ?? ''
    const found = await entries({ lotId })
    expect(found.map(({ kind }) => kind)).toEqual([
      'lot-expired',
      'lot-expiring',
      'lot-expiring',
      'lot-expiring',
      'usage',
      'lot-granted',
    ])
    expect([found[0].tokens, found[4].charges[0]]).toMatchObject([98, { tokens: 2, lotId }])
  })

  test('by all at once, and by nothing that there is not', async () => {
    const filter = { kind: 'usage', appId: 'app', source: 'flex', meter: 'automation-autocad' }
    const found = await entries(filter)
    expect(found.length).toBeGreaterThan(3)
    for (const one of found) expect(one.charges).toMatchObject([{ source: 'flex' }])
    const { status, body } = await party.call('listEntries', { query: { kind: 'nothing' } })
    expect([status, body.errors]).toMatchObject([400, [{ pointer: '/query/kind' }]])
  })
})

const lotIds = () => world.entries.flatMap((entry) => (entry.kind === 'lot-granted' ? entry.lot.lotId : []))

test('every entry is as the API describes its kind', async () => {
  const all = await entries({ limit: '100' })
  expect(new Set(all.map(({ kind }) => kind)).size).toBeGreaterThan(10)
  for (const entry of all) expect(entry).toEqual(v.parse(entryAnswer, entry))
})

test('a unit that several lots paid names each with its part', async () => {
  const parts = (await entries({ source: 'flex' }))
    .flatMap(({ charges = [], paidShortfall = [] }) => [...charges, ...paidShortfall])
    .filter(({ lots }) => lots !== undefined)
  expect(parts.length).toBeGreaterThan(0)
  for (const { tokens, lots, lotId } of parts)
    expect([sum(lots, (lot) => lot.tokens), lotId]).toEqual([tokens, undefined])
})
