import { describe, expect } from 'vitest'
import { longWorld, rareApp, storeLong } from '../../bench/long-journal.ts'
import { RequestMeter } from '../../bench/request-meter.ts'
import { isMeant, type StatementFilter } from '../../core/journal/statement.ts'
import { JournalStore } from '../../lambdas/store/journal.ts'
import { statementKey } from '../../lambdas/store/keys.ts'
import { StatementIndex } from '../../lambdas/store/statement-index.ts'
import { StatementSearch } from '../../lambdas/store/statement-search.ts'
import { queryItems, type Table } from '../../lambdas/store/table.ts'
import { UsageView } from '../../lambdas/store/usage-view.ts'
import { test } from '../support/fixtures.ts'
import type { World } from '../support/world.ts'

const entries = 20_000
/** Entries that the view has not seen yet: a last block that is not full, and a little lag. */
const unseen = 150
const unitsMax = 20

let table: Table
let world: World
let meter: RequestMeter
let search: StatementSearch

test.beforeAll(async ({ engine }) => {
  table = await engine.newTable()
  world = longWorld(entries)
  await storeLong(table, world)
  const journal = new JournalStore(table)
  await new UsageView(table, journal).catchUp('acme', world.account.version - unseen)
  meter = new RequestMeter(table)
  const metered = new JournalStore(meter.table)
  search = new StatementSearch(metered, new StatementIndex(meter.table, metered))
})

/** Reads all pages of a filter: the versions found, and the read units of each page. */
async function readAll(filter: StatementFilter, limit: number) {
  const [versions, units]: [number[], number[]] = [[], []]
  for (let before = world.account.version + 1; before > 1; ) {
    const { readUnits } = await meter.during(async () => {
      const found = await search.find({ teamId: 'acme', before, limit, filter })
      expect(found.entries.length).toBeLessThanOrEqual(limit)
      expect(found.before).toBeLessThan(before)
      versions.push(...found.entries.map(({ version }) => version))
      before = found.before
    })
    units.push(readUnits)
    if (units.length > 1_000) throw new Error('the statement does not end')
  }
  return { versions, units }
}

const expected = (filter: StatementFilter) =>
  world.entries
    .filter((entry) => isMeant(entry, filter))
    .map(({ version }) => version)
    .toReversed()

const rare: readonly [string, StatementFilter, number][] = [
  ['an app that was used once', { appId: rareApp }, 3],
  ['an app that was never used', { appId: 'nobody' }, 2],
  ['a kind that is rare', { kind: 'plan-changed' }, 3],
  ['a kind that there is not', { kind: 'suspended' }, 2],
  ['a meter that was used once', { meters: ['reality-capture'] }, 3],
  ['a charge that there is not', { source: 'shortfall' }, 2],
  ['a lot that there is not', { lotId: 'p1' }, 2],
  ['an app and a meter that never met', { appId: 'app', meters: ['reality-capture'] }, 2],
]

describe('a filter of a statement of 20,000 entries', () => {
  test.for(rare)('finds %s in a few pages of at most 20 read units', async ([, filter, pagesMax]) => {
    const { versions, units } = await readAll(filter, 50)
    expect(versions).toEqual(expected(filter))
    expect(Math.max(...units)).toBeLessThanOrEqual(unitsMax)
    expect(units.length).toBeLessThanOrEqual(pagesMax)
  })

  test('finds exactly the entries of one day, and stops behind it', async () => {
    const filter = { day: '2027-03-04' }
    const { versions, units } = await readAll(filter, 200)
    expect(versions).toEqual(expected(filter))
    expect(Math.max(...units)).toBeLessThanOrEqual(unitsMax)
  })

  test.for([1, 7, 200])('gives each of many entries once, in pages of %i', async (limit) => {
    const filter: StatementFilter = { kind: 'capture', meters: ['automation-autocad'] }
    const first = await search.find({ teamId: 'acme', before: world.account.version + 1, limit, filter })
    expect(first.entries.length).toBeGreaterThanOrEqual(Math.min(limit, 25))
    expect(first.entries.map(({ version }) => version)).toEqual(
      expected(filter).slice(0, first.entries.length),
    )
    if (limit < 200) return
    const { versions, units } = await readAll(filter, limit)
    expect(versions).toEqual(expected(filter))
    expect(Math.max(...units)).toBeLessThanOrEqual(unitsMax)
  })
})

test('a filter that finds nothing goes through a million entries in a few pages', async () => {
  const chapters = 100
  const [{ sk: _, ...chapter } = {}] = await queryItems(table, {
    pk: 'TEAM#acme',
    prefix: 'STATEMENT#1#',
    limit: 1,
  })
  for (let index = 0; index < chapters; index++) {
    const Item = { ...chapter, ...statementKey('million', 1, index) }
    await table.send('PutItem', { TableName: table.tableName, Item })
  }
  let pages = 0
  for (let before = chapters * 10_000 + 1; before > 1; pages++) {
    const { readUnits } = await meter.during(async () => {
      const found = await search.find({ teamId: 'million', before, limit: 50, filter: { appId: 'nobody' } })
      before = found.before
    })
    expect(readUnits).toBeLessThanOrEqual(unitsMax)
  }
  expect(pages).toBeLessThanOrEqual(4)
})
