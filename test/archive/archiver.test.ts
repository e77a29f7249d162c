import { describe, expect } from 'vitest'
import { emptyAccount } from '../../core/account/account.ts'
import { apply } from '../../core/journal/fold.ts'
import { fromLine } from '../../lambdas/store/entry-line.ts'
import { archiveCursorKey, archiveShardKey, openArchive } from '../../lambdas/store/keys.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { archiverOf, marked, rememberingStream, ring } from '../support/archived.ts'
import type { EngineTables } from '../support/engine-table.ts'
import { test } from '../support/fixtures.ts'
import { eventfulWorld, storeWorld } from '../support/stored-world.ts'
import { World } from '../support/world.ts'

let engine: EngineTables
test.beforeAll(({ engine: started }) => {
  engine = started
})

async function stored(world: World): Promise<Table> {
  const table = await engine.newTable()
  await storeWorld(table, world)
  await ring(table, world.account.teamId, world.account.version)
  return table
}

/** A small journal of a separate team. */
function smallWorld(teamId: string, uses: number): World {
  const world = new World('2026-01-10T10:00:00Z', undefined, teamId)
  for (let n = 0; n < uses; n++) world.use('automation-autocad', 10)
  return world
}

test('the archived entries of a team fold to its account, field by field', async () => {
  const world = eventfulWorld()
  const { stream, lines } = rememberingStream()
  const archived = await archiverOf(await stored(world), stream).run()
  expect(archived).toEqual({ teams: 1, entries: world.entries.length, failures: 0, isDone: true })
  expect(lines().map(fromLine).reduce(apply, emptyAccount('acme'))).toEqual(world.account)
})

test('the entries of many teams are sent in one record', async () => {
  const table = await engine.newTable()
  const teamIds = Array.from({ length: 45 }, (_, index) => `team-${index}`)
  for (const teamId of teamIds) {
    const world = smallWorld(teamId, 2)
    await storeWorld(table, world)
    await ring(table, teamId, world.account.version)
  }
  const { stream, calls, lines } = rememberingStream()
  await archiverOf(table, stream).run()
  expect(calls.map((records) => records.length)).toEqual([1])
  expect(new Set(lines().map((line) => fromLine(line).teamId))).toEqual(new Set(teamIds))
  expect(lines()).toHaveLength(45 * 3)
})

test('an archived entry is not archived again, and a later entry is', async () => {
  const world = eventfulWorld()
  const table = await stored(world)
  const first = rememberingStream()
  await archiverOf(table, first.stream).run()
  expect(await marked(table)).toEqual([])
  await archiverOf(table, first.stream).run()
  expect(first.lines()).toHaveLength(world.entries.length)
})

test('a team stays marked when its journal grows during the archiving', async () => {
  const world = eventfulWorld()
  const table = await engine.newTable()
  await storeWorld(table, world)
  await ring(table, 'acme', 20)
  const { stream, lines } = rememberingStream()
  const overtaken = {
    put: async (records: readonly Buffer[]) => {
      await stream.put(records)
      await ring(table, 'acme', world.account.version)
    },
  }
  await archiverOf(table, overtaken).run()
  await archiverOf(table, stream).run()
  expect(await marked(table)).toEqual([])
  expect(new Set(lines()).size).toBe(world.entries.length)
})

test('a crash between the stream and the cursor archives the same entries again, and loses none', async () => {
  const world = eventfulWorld()
  const table = await stored(world)
  const { stream, lines } = rememberingStream()
  const crashing = {
    put: async (records: readonly Buffer[]) => {
      await stream.put(records)
      throw new Error('killed')
    },
  }
  await expect(archiverOf(table, crashing).run()).rejects.toThrow('killed')
  expect(await marked(table)).toEqual(['acme'])
  await archiverOf(table, stream).run()
  const all = lines()
  expect(all).toHaveLength(world.entries.length * 2)
  expect(all.slice(world.entries.length)).toEqual(all.slice(0, world.entries.length))
})

test('entries that the stream refuses are not skipped', async () => {
  const world = eventfulWorld()
  const table = await stored(world)
  const full = { put: async () => Promise.reject(new Error('full')) }
  await expect(archiverOf(table, full).run()).rejects.toThrow('full')
  const { stream, lines } = rememberingStream()
  await archiverOf(table, stream).run()
  expect(lines()).toHaveLength(world.entries.length)
})

test('two concurrent runs archive everything', async () => {
  const world = eventfulWorld()
  const table = await stored(world)
  const { stream, lines } = rememberingStream()
  await Promise.all([archiverOf(table, stream).run(), archiverOf(table, stream).run()])
  expect(new Set(lines()).size).toBe(world.entries.length)
  expect(await marked(table)).toEqual([])
})

test('a long journal is archived in one run, in several turns', async () => {
  const world = smallWorld('acme', 1_010)
  const { stream, lines } = rememberingStream()
  const archived = await archiverOf(await stored(world), stream).run()
  expect(archived).toMatchObject({ teams: 1, entries: 1_011, isDone: true })
  expect(lines().map((line) => fromLine(line).version)).toEqual(world.entries.map(({ version }) => version))
})

test('a run without time left starts nothing, reports it, and leaves the mark', async () => {
  const table = await stored(eventfulWorld())
  const { stream, lines } = rememberingStream()
  const archived = await archiverOf(table, stream, { isLate: () => true }).run()
  expect(archived).toMatchObject({ entries: 0, isDone: false })
  expect(lines()).toEqual([])
  expect(await marked(table)).toEqual(['acme'])
})

describe('a run that has not enough time for every team', () => {
  const names = Array.from({ length: 1_200 }, (_, index) => `team-${index}`)
  const ofShard = (shard: number) =>
    names.filter((name) => openArchive(name).openShard === archiveShardKey(shard))

  async function storeSmall(table: Table, teamIds: readonly string[], uses = 1): Promise<void> {
    for (const teamId of teamIds) {
      const world = smallWorld(teamId, uses)
      await storeWorld(table, world)
      await ring(table, teamId, world.account.version)
    }
  }

  /** The teams that one run archives to the end, where it may read this many journals. */
  async function archivedBy(table: Table, readsMax: number, isBackward = false): Promise<readonly string[]> {
    const before = await marked(table)
    let reads = 0
    const counting: Table = {
      ...table,
      send: (name, input) => {
        if ('IndexName' in input && input.IndexName === 'journal') reads += 1
        return table.send(name, input)
      },
    }
    const isLate = () => reads >= readsMax
    await archiverOf(counting, rememberingStream().stream, { isLate, isBackward }).run()
    const after = new Set(await marked(table))
    return before.filter((teamId) => !after.has(teamId)).toSorted()
  }

  test('archives fifty small teams of later shards, although a team before them has a huge backlog', async () => {
    const table = await engine.newTable()
    const [huge = ''] = ofShard(0)
    const small = [5, 6, 7, 8, 9].flatMap((shard) => ofShard(shard).slice(0, 10))
    await storeSmall(table, [huge], 3_200)
    await storeSmall(table, small)
    expect(await archivedBy(table, 52)).toEqual(small.toSorted())
  })

  test('takes the shards in turn: many teams of one shard delay no other', async () => {
    const table = await engine.newTable()
    const small = [1, 8, 15].flatMap((shard) => ofShard(shard).slice(0, 5))
    await storeSmall(table, ofShard(0).slice(0, 60))
    await storeSmall(table, small)
    const archived = await archivedBy(table, 20)
    expect(archived).toEqual(expect.arrayContaining(small))
    expect(archived.length).toBeLessThan(60)
  })

  test('begins at the last teams of a shard every other time', async () => {
    const table = await engine.newTable()
    const all = ofShard(0).slice(0, 60).toSorted()
    await storeSmall(table, all)
    expect(await archivedBy(table, 20)).toEqual(all.slice(0, 20))
    expect(await archivedBy(table, 20, true)).toEqual(all.slice(40))
  })
})

test('a team whose cursor cannot be read keeps no other team from the archive', async () => {
  const table = await engine.newTable()
  for (const teamId of ['acme', 'bolt', 'cedar']) {
    const world = smallWorld(teamId, 2)
    await storeWorld(table, world)
    await ring(table, teamId, world.account.version)
  }
  const Item = { ...archiveCursorKey('bolt'), itemVersion: 99, version: 1 }
  await table.send('PutItem', { TableName: table.tableName, Item })
  const failed: string[] = []
  const { stream } = rememberingStream()
  const archived = await archiverOf(table, stream, { onFailure: (teamId) => failed.push(teamId) }).run()
  expect([archived.failures, failed]).toEqual([1, ['bolt']])
  expect(await marked(table)).toEqual(['bolt'])
})
