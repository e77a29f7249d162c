import { expect } from 'vitest'
import { JournalStore } from '../../lambdas/store/journal.ts'
import { entryKey, usageCursorKey, usageKey } from '../../lambdas/store/keys.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { haltedVersion } from '../../lambdas/store/usage-cursor.ts'
import { UsageView } from '../../lambdas/store/usage-view.ts'
import { UsageRebuild } from '../../ops/usage-rebuild.ts'
import { rebuildViews, replayViews } from '../../ops/views.ts'
import { ring } from '../support/archived.ts'
import type { EngineTables } from '../support/engine-table.ts'
import { test } from '../support/fixtures.ts'
import { itemsOf, operatingOn } from '../support/operating.ts'
import { eventfulWorld, storeWorld } from '../support/stored-world.ts'

let engine: EngineTables
let table: Table
const world = eventfulWorld()
const { version } = world.account
/** The accounts that the stream has announced, when it has not announced all. */
const told = version - 3

test.beforeAll(({ engine: started }) => {
  engine = started
})

const view = async () => [...(await itemsOf(table, 'USAGE')), ...(await itemsOf(table, 'CURSOR#'))]

/** The view as the stream builds it, a few entries at a time. */
async function viewFromStream(): Promise<readonly string[]> {
  table = await engine.newTable()
  for (let from = 0; from < version; from += 5) {
    const to = Math.min(version, from + 5)
    await storeWorld(table, world, { from, to })
    await ring(table, 'acme', to)
  }
  return view()
}

/** A table whose view lacks the last entries. */
async function behind(): Promise<void> {
  table = await engine.newTable()
  await storeWorld(table, world, { to: told })
  await ring(table, 'acme', told)
  await storeWorld(table, world, { from: told })
}

/** A wrong sum, a missing row, and a row without an entry. */
async function spoil(): Promise<void> {
  const { tableName: TableName } = table
  const [first = '', second = ''] = await itemsOf(table, 'USAGE')
  const keyOf = (text: string) => ({ pk: JSON.parse(text).pk, sk: JSON.parse(text).sk })
  const wrong = {
    UpdateExpression: 'SET #q = :q',
    ExpressionAttributeNames: { '#q': 'q20' },
  }
  await table.send('UpdateItem', {
    TableName,
    Key: keyOf(first),
    ...wrong,
    ExpressionAttributeValues: { ':q': 1 },
  })
  await table.send('DeleteItem', { TableName, Key: keyOf(second) })
  const needless = { ...usageKey('acme', { period: '2026-01', appId: 'ghost', meter: 'autocad' }), q01: 5 }
  await table.send('PutItem', { TableName, Item: needless })
}

test('a gap of the stream is replayed into the view', async () => {
  const whole = await viewFromStream()
  await behind()
  const { operating, lines } = operatingOn(table)
  expect(await replayViews(operating, { team: 'acme', apply: true })).toBe(1)
  expect(await view()).toEqual(whole)
  expect(lines[0]).toBe(`acme: 3 entries from version ${told + 1} on`)
  expect(await replayViews(operating, { all: true, apply: true })).toBe(0)
})

test('a rebuilt view equals the one that the stream built, byte for byte', async () => {
  const whole = await viewFromStream()
  await spoil()
  const { operating, lines } = operatingOn(table)
  expect(await rebuildViews(operating, { all: true, apply: true })).toBe(3)
  expect(await view()).toEqual(whole)
  expect(lines).toContain('acme: USAGE#2026-01#ghost#autocad comes from no entry')
  expect(await rebuildViews(operating, { team: 'acme' })).toBe(0)
})

test('a view is rebuilt some months at a time, and no difference is missed or found twice', async () => {
  const whole = await viewFromStream()
  await spoil()
  class SmallRounds extends UsageRebuild {
    protected override readonly itemsPerRound = 3
  }
  const journal = new JournalStore(table)
  const rebuild = new SmallRounds(table, journal, new UsageView(table, journal), () => world.now)
  const { wrong, needless, right } = await rebuild.run('acme', version)
  expect([wrong.length, needless.length]).toEqual([2, 1])
  expect(right).toBe((await itemsOf(table, 'USAGE')).length - 2)
  expect(await view()).toEqual(whole)
})

test('totals of the team are compared and repaired like the use of apps', async () => {
  const whole = await viewFromStream()
  const [total = ''] = await itemsOf(table, 'USAGE-TOTAL#')
  const { pk, sk } = JSON.parse(total)
  await table.send('DeleteItem', { TableName: table.tableName, Key: { pk, sk } })
  const { operating, lines } = operatingOn(table)
  expect(await rebuildViews(operating, { team: 'acme', apply: true })).toBe(1)
  expect(lines[0]).toBe(`acme: ${sk} is not what the journal says`)
  expect(await view()).toEqual(whole)
})

test('a view that never existed can be built', async () => {
  const whole = await viewFromStream()
  table = await engine.newTable()
  await storeWorld(table, world)
  await rebuildViews(operatingOn(table).operating, { team: 'acme', apply: true })
  expect(await view()).toEqual(whole)
})

test('the stream adds nothing during a rebuild, and continues afterwards', async () => {
  const whole = await viewFromStream()
  const journal = new JournalStore(table)
  const since = journal.since.bind(journal)
  let rings = 0
  journal.since = async (...range) => {
    rings += 1
    await new UsageView(table, new JournalStore(table)).catchUp('acme', version)
    return since(...range)
  }
  await new UsageRebuild(table, journal, new UsageView(table, journal), () => world.now).run('acme', 20)
  expect(rings).toBeGreaterThan(0)
  await ring(table, 'acme', version)
  expect(await view()).toEqual(whole)
})

test('an interrupted rebuild is noticed, and repaired by the next one', async () => {
  const whole = await viewFromStream()
  const journal = new JournalStore(table)
  const since = journal.since.bind(journal)
  let reads = 0
  // The first read happens before any change.
  journal.since = (...range) => (++reads > 1 ? Promise.reject(new Error('killed')) : since(...range))
  const rebuild = new UsageRebuild(table, journal, new UsageView(table, journal), () => world.now)
  await expect(rebuild.run('acme', version)).rejects.toThrow('killed')
  expect((await itemsOf(table, 'CURSOR#'))[0]).toContain(String(haltedVersion))
  const { operating, lines } = operatingOn(table)
  await replayViews(operating, { team: 'acme' })
  expect(lines[0]).toBe('acme: a rebuild was interrupted, run rebuild-view acme --apply')
  await rebuildViews(operating, { team: 'acme', apply: true })
  expect(await view()).toEqual(whole)
})

test('a journal with a gap is not a source: the view stays unchanged and continues', async () => {
  await viewFromStream()
  const [, lost] = world.entries
  if (lost === undefined) throw new Error('no entry')
  await table.send('DeleteItem', { TableName: table.tableName, Key: entryKey(lost) })
  const before = await view()
  await expect(rebuildViews(operatingOn(table).operating, { team: 'acme', apply: true })).rejects.toThrow(
    'the journal of acme lacks entry 2',
  )
  expect(await view()).toEqual(before)
})

test.each([replayViews, rebuildViews])('%o writes nothing without --apply', async (command) => {
  await behind()
  await spoil()
  const before = await itemsOf(table)
  const { operating, lines } = operatingOn(table)
  await command(operating, { all: true })
  expect(await itemsOf(table)).toEqual(before)
  expect(lines.at(-1)).toBe('Nothing was written. Add --apply to do it.')
})

test.each([{}, { team: 'acme', all: true }, { team: 'nobody' }])('%j names no teams', async (choice) => {
  await expect(rebuildViews(operatingOn(table).operating, choice)).rejects.toThrow(
    /Name a team|There is no team/,
  )
})

test('expired months are neither missing nor needless', async () => {
  await viewFromStream()
  await spoil()
  const longAgo = operatingOn(table, Date.parse('2030-01-01T00:00:00Z'))
  const before = await itemsOf(table, 'USAGE')
  expect(await rebuildViews(longAgo.operating, { team: 'acme', apply: true })).toBe(1)
  expect(longAgo.lines[0]).toBe('acme: USAGE#2026-01#ghost#autocad comes from no entry')
  expect(await itemsOf(table, 'USAGE')).toEqual(before.filter((item) => !item.includes('ghost')))
})

test('a month expires 800 days after its end, at any time of writing', async () => {
  await viewFromStream()
  for (const item of await itemsOf(table, 'USAGE')) {
    const { sk, ttl } = JSON.parse(item)
    const [, period] = sk.split('#')
    const [year, month] = period.split('-').map(Number)
    expect(new Date(ttl * 1_000).toISOString()).toBe(
      new Date(Date.UTC(year, month) + 800 * 86_400_000).toISOString(),
    )
  }
})

test('a halted view is compared completely', async () => {
  await behind()
  await spoil()
  const journal = new JournalStore(table)
  const found = () =>
    new UsageRebuild(table, journal, new UsageView(table, journal), () => world.now).compare('acme', version)
  expect((await found()).version).toBe(told)
  await table.send('UpdateItem', {
    TableName: table.tableName,
    Key: usageCursorKey('acme'),
    UpdateExpression: 'SET #version = :halted',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':halted': haltedVersion },
  })
  expect((await found()).version).toBe(version)
})
