import { expect } from 'vitest'
import { auditTable } from '../../audit/table.ts'
import { accountKey, entryKey } from '../../lambdas/store/keys.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { restoreFrom } from '../../ops/restoring.ts'
import { test } from '../support/fixtures.ts'
import { itemsOf, operatingOn } from '../support/operating.ts'
import { eventfulWorld, storeWorld } from '../support/stored-world.ts'

/* A faulty table, and the table that DynamoDB restored from a backup. */

let broken: Table
let from: Table
const world = eventfulWorld()
const upTo = world.account.version - 3

test.beforeAll(async ({ engine }) => {
  ;[broken, from] = [await engine.newTable(), await engine.newTable()]
  await storeWorld(from, world, { to: upTo })
  await storeWorld(broken, world)
  await spoil()
})

/** A wrong account, a missing entry, and more than one page of needless items. */
async function spoil(): Promise<void> {
  const { tableName: TableName } = broken
  const wrong = { UpdateExpression: 'SET paidFrom = :x', ExpressionAttributeValues: { ':x': 1 } }
  await broken.send('UpdateItem', { TableName, Key: accountKey('acme'), ...wrong })
  await broken.send('DeleteItem', { TableName, Key: entryKey(world.entries[4] as never) })
  for (let n = 0; n < 120; n++)
    await broken.send('PutItem', { TableName, Item: { pk: `TEAM#ghost-${n}`, sk: 'PROFILE' } })
}

test('it reports the differences, and writes nothing', async () => {
  const before = await itemsOf(broken)
  const { operating, lines } = operatingOn(broken)
  // The account, the entry, the three entries after the restored second, and the 120.
  expect(await restoreFrom(operating, { from })).toBe(125)
  expect(lines).toContain('TEAM#acme|ACCOUNT differs')
  expect(lines.filter((line) => line.endsWith('is missing'))).toHaveLength(1)
  expect(lines.slice(-3)).toEqual([
    '… and 25 items more',
    `125 items not as in ${from.tableName}.`,
    'Nothing was written. Add --apply to do it.',
  ])
  expect(await itemsOf(broken)).toEqual(before)
})

test('with --apply the table equals the restored one, item by item, and the audit is clean', async () => {
  expect(await restoreFrom(operatingOn(broken).operating, { from, apply: true })).toBe(125)
  expect(await itemsOf(broken)).toEqual(await itemsOf(from))
  expect(await restoreFrom(operatingOn(broken).operating, { from, apply: true })).toBe(0)
  const wrong: string[] = []
  await auditTable(broken, { onDifference: (line) => wrong.push(line) })
  expect(wrong).toEqual([])
})

test('a missing table, and the table itself, are refused', async () => {
  const { operating } = operatingOn(broken)
  const none = { ...from, tableName: 'none' }
  await expect(restoreFrom(operating, { from: none })).rejects.toThrow('There is no table none')
  await expect(restoreFrom(operating, { from: broken })).rejects.toThrow('is the table itself')
})
