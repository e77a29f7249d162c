import { join } from 'node:path'
import { expect } from 'vitest'
import { auditArchive } from '../../audit/archive.ts'
import { archiveLines } from '../../audit/archive-lines.ts'
import { toLine } from '../../lambdas/store/entry-line.ts'
import { accountKey } from '../../lambdas/store/keys.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { writeObject } from '../support/archived.ts'
import { test } from '../support/fixtures.ts'
import { eventfulWorld, storeWorld } from '../support/stored-world.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let table: Table
const world = eventfulWorld()
const lines = world.entries.map(toLine)
const { length } = lines

test.beforeAll(async ({ engine }) => {
  table = await engine.newTable()
  await storeWorld(table, world)
})

async function audit(objects: Readonly<Record<string, readonly string[]>>, of = table) {
  const folder = temporaryFolder()
  for (const [name, some] of Object.entries(objects)) writeObject(join(folder, 'day=2026-01-20'), name, some)
  const wrong: string[] = []
  const audited = await auditArchive(of, archiveLines(folder), { onDifference: (line) => wrong.push(line) })
  return { ...audited, wrong }
}

const clean = { accounts: 1, duplicates: 0, unarchived: 0, differences: 0, wrong: [] }

test('a whole archive proves the accounts, with its objects in any order', async () => {
  const objects = { a: lines.slice(20).toReversed(), b: lines.slice(0, 20) }
  expect(await audit(objects)).toEqual({ ...clean, entries: length })
})

test('copies count once', async () => {
  const found = await audit({ a: lines, b: lines.slice(5, 15) })
  expect(found).toEqual({ ...clean, entries: length, duplicates: 10 })
})

test('copies that differ are reported', async () => {
  const forged = toLine({ ...world.entries[7], at: 1 } as (typeof world.entries)[number])
  expect((await audit({ a: lines, b: [forged] })).wrong).toEqual([
    'acme: entry 8 was archived twice, and the copies differ',
  ])
})

test('entries that are not archived yet are folded from the table', async () => {
  const found = await audit({ a: lines.slice(0, 10) })
  expect(found).toEqual({ ...clean, entries: 10, unarchived: length - 10 })
})

test('a gap is reported with its versions', async () => {
  const found = await audit({ a: [...lines.slice(0, 4), ...lines.slice(7)] })
  expect(found.wrong).toEqual(['acme: entries 5 to 7 are missing in the archive'])
})

test('a line that is not an entry is reported with its object', async () => {
  const { wrong } = await audit({ a: lines, b: ['{"teamId": 1}'] })
  expect(wrong).toEqual([`${join('day=2026-01-20', 'b.ndjson.gz')}: a line cannot be read (it is no entry)`])
})

test('a team that exists only in the archive is reported', async () => {
  const { wrong } = await audit({ a: [...lines, ...lines.map((line) => line.replace('"acme"', '"lost"'))] })
  expect(wrong).toEqual([`lost: entries are archived (up to ${length}), and the table has no account`])
})

test('an account that differs from the archive is reported, field by field', async ({ engine }) => {
  const other = await engine.newTable()
  await storeWorld(other, world)
  await other.send('UpdateItem', {
    TableName: other.tableName,
    Key: accountKey('acme'),
    UpdateExpression: 'SET creditUsdCents = :more',
    ExpressionAttributeValues: { ':more': 7 },
  })
  expect((await audit({ a: lines }, other)).wrong).toEqual(['acme: /creditUsdCents is 7, by its journal 0'])
})
