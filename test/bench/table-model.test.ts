import { TransactGetCommand } from '@aws-sdk/lib-dynamodb'
import { expect } from 'vitest'
import { putBefore } from '../../bench/model/sdk.ts'
import { seededRandom } from '../../bench/model/seeded.ts'
import { TableModel } from '../../bench/model/table-model.ts'
import { VirtualTime } from '../../bench/model/virtual-time.ts'
import { documentClient, openTable } from '../../lambdas/store/sdk-table.ts'
import { getItem, type Table } from '../../lambdas/store/table.ts'
import { isCancelled } from '../../lambdas/store/table-errors.ts'
import { test } from '../support/fixtures.ts'

let client: ReturnType<typeof documentClient>
let table: Table
let time: VirtualTime
let rules: TableModel

test.beforeEach(async ({ table: fresh }) => {
  client = documentClient()
  table = openTable(fresh.tableName, client)
  await getItem(table, { pk: 'p', sk: 'none' })
  time = new VirtualTime()
  rules = new TableModel(time, seededRandom(7))
  putBefore(client, rules)
})

/** Longer than a transaction takes to reach its items, and shorter than it holds them. */
const meanwhileMs = 3

const run = <T>(work: () => Promise<T>): Promise<T> => time.run(seededRandom(7), work)

const put = (sk: string, value: object, condition?: string) => ({
  Put: {
    TableName: table.tableName,
    Item: { pk: 'p', sk, ...value },
    ...(condition !== undefined && { ConditionExpression: condition }),
  },
})

const transact = (...TransactItems: ReturnType<typeof put>[]) =>
  table.send('TransactWriteItems', { TransactItems })

const codesOf = async (sent: Promise<unknown>): Promise<readonly (string | undefined)[] | 'written'> => {
  try {
    await sent
    return 'written'
  } catch (error) {
    if (!isCancelled(error)) throw error
    return error.reasons.map(({ Code }) => Code)
  }
}

test('one of two transactions that overlap on an item is written, and the other conflicts on that item alone', async () => {
  const ends = await run(() =>
    Promise.all([
      codesOf(transact(put('shared', { by: 1 }), put('one', {}))),
      codesOf(transact(put('shared', { by: 2 }), put('two', {}))),
    ]),
  )
  expect(ends.toSorted()).toEqual([['TransactionConflict', 'None'], 'written'])
  expect(rules.tally).toMatchObject({ requests: 2, conflicts: 1, failedConditions: 0 })
})

test('a conflict writes nothing and costs as much as the transaction', async () => {
  await run(async () => {
    const first = transact(put('shared', {}))
    await time.sleep(meanwhileMs)
    expect(await codesOf(transact(put('shared', {}), put('two', {})))).toEqual([
      'TransactionConflict',
      'None',
    ])
    await first
    expect(await getItem(table, { pk: 'p', sk: 'two' })).toBeUndefined()
  })
  expect(rules.tally.writeUnits).toBe(2 + 4)
})

test('a transaction after another one does not conflict', async () => {
  const ends = await run(async () => [
    await codesOf(transact(put('shared', {}))),
    await codesOf(transact(put('shared', {}))),
  ])
  expect(ends).toEqual(['written', 'written'])
})

test('a failed condition cancels with the reasons of the engine, holds no item and costs units', async () => {
  const ends = await run(async () => {
    await transact(put('old', {}))
    const failing = codesOf(transact(put('new', {}), put('old', {}, 'attribute_not_exists(pk)')))
    await time.sleep(meanwhileMs)
    return Promise.all([failing, codesOf(transact(put('new', {})))])
  })
  expect(ends).toEqual([['None', 'ConditionalCheckFailed'], 'written'])
  expect(rules.tally).toMatchObject({ failedConditions: 1, conflicts: 0, writeUnits: 2 + 4 + 2 })
})

test('a read during a transaction returns the item as it was before, and after the answer as it is now', async () => {
  const values = await run(async () => {
    await transact(put('shared', { value: 'before' }))
    const writing = transact(put('shared', { value: 'after' }))
    await time.sleep(meanwhileMs)
    const during = await getItem(table, { pk: 'p', sk: 'shared' })
    await writing
    return [during?.value, (await getItem(table, { pk: 'p', sk: 'shared' }))?.value]
  })
  expect(values).toEqual(['before', 'after'])
})

test('a single write and a reading transaction conflict with a transaction in flight', async () => {
  const { tableName: TableName } = table
  const Key = { pk: 'p', sk: 'shared' }
  const names = await run(async () => {
    const nameOf = (sent: Promise<unknown>) =>
      sent.then(
        () => 'done',
        (error: Error) => error.name,
      )
    const writing = transact(put('shared', {}))
    await time.sleep(meanwhileMs)
    const others = await Promise.all([
      nameOf(table.send('PutItem', { TableName, Item: Key })),
      nameOf(client.send(new TransactGetCommand({ TransactItems: [{ Get: { TableName, Key } }] }))),
      nameOf(table.send('GetItem', { TableName, Key })),
    ])
    await writing
    return others
  })
  // The table translates the first conflict, since another try may succeed.
  expect(names).toEqual(['Busy', 'TransactionCanceledException', 'done'])
})

test('a partition key takes 1,000 write units in a second, and again in the next one', async () => {
  const kilobytes = (count: number) => ({ filling: 'x'.repeat(count * 1_024 - 100) })
  await run(async () => {
    for (let count = 0; count < 5; count++) await transact(put(`large-${count}`, kilobytes(100)))
    expect(time.now()).toBeLessThan(1_000)
    expect(await codesOf(transact(put('more', {})))).toEqual(['ProvisionedThroughputExceeded'])
    await time.sleep(1_000)
    expect(await codesOf(transact(put('more', {})))).toBe('written')
  })
  expect(rules.tally.throttled).toBe(1)
})
