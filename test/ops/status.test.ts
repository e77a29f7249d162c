import { expect } from 'vitest'
import { EventCursor } from '../../lambdas/store/event-cursor.ts'
import { archiveCursorKey } from '../../lambdas/store/keys.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { markForArchive } from '../../ops/archive.ts'
import { readStatus, showStatus, teamsBehind } from '../../ops/status.ts'
import { archiverOf, marked, rememberingStream, ring } from '../support/archived.ts'
import { test } from '../support/fixtures.ts'
import { itemsOf, operatingOn } from '../support/operating.ts'
import { eventfulWorld, storeWorld } from '../support/stored-world.ts'

let table: Table
const world = eventfulWorld()
const { version } = world.account

test.beforeAll(async ({ engine }) => {
  table = await engine.newTable()
  await storeWorld(table, world, { to: 10 })
  await ring(table, 'acme', 10)
  await storeWorld(table, world, { from: 10 })
})

test('it shows the progress of views, events and archive, and the items that are due', async () => {
  const { operating, lines } = operatingOn(table)
  expect(await readStatus(operating)).toMatchObject({
    teams: 1,
    lags: {
      'usage view': { teams: 1, entries: version - 10 },
      events: { teams: 1, entries: version },
      archive: { teams: 1, entries: version },
    },
    halted: [],
    pending: { accounts: { count: 1, isMore: false }, unarchived: { count: 1 } },
  })
  await showStatus(operating)
  expect(lines).toContain(`usage view: 1 team behind, by ${version - 10} in all`)
  expect(await teamsBehind(table)).toEqual([{ teamId: 'acme', version }])
})

test('it reports an up-to-date table', async () => {
  await ring(table, 'acme', version)
  await new EventCursor(table).move(0, world.account)
  await archiverOf(table, rememberingStream().stream).run()
  const { operating, lines } = operatingOn(table, world.now)
  await showStatus(operating)
  expect(lines.slice(1)).toEqual([
    'usage view: up to date',
    'events: up to date',
    'archive: up to date',
    'accounts due: 0',
    'deliveries due: 0',
    'teams to archive: 0',
  ])
  expect(await teamsBehind(table)).toEqual([])
})

test('lost marks are written again, only with --apply', async ({ engine }) => {
  const other = await engine.newTable()
  await storeWorld(other, world)
  await ring(other, 'acme', version)
  const { stream } = rememberingStream()
  await archiverOf(other, stream).run()
  const { operating, lines } = operatingOn(other)
  expect(await markForArchive(operating, { all: true, apply: true })).toBe(0)
  // The archive looks as if it had been restored from an earlier day.
  await other.send('DeleteItem', { TableName: other.tableName, Key: archiveCursorKey('acme') })
  const before = await itemsOf(other)
  expect(await markForArchive(operating, { all: true })).toBe(1)
  expect(await itemsOf(other)).toEqual(before)
  expect(lines).toContain(`acme: archived up to 0 of ${version}`)
  await markForArchive(operating, { team: 'acme', apply: true })
  expect(await marked(other)).toEqual(['acme'])
})
