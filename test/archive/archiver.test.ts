import { expect } from 'vitest'
import { emptyAccount } from '../../core/account/account.ts'
import { apply } from '../../core/journal/fold.ts'
import { fromLine } from '../../lambdas/store/entry-line.ts'
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
