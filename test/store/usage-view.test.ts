import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { expect, vi } from 'vitest'
import { JournalStore } from '../../lambdas/store/journal.ts'
import { usageCursorKey } from '../../lambdas/store/keys.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { UsageView } from '../../lambdas/store/usage-view.ts'
import { test } from '../support/fixtures.ts'
import { laggingTable } from '../support/lagging-index.ts'
import { eventfulWorld, storeWorld } from '../support/stored-world.ts'
import type { World } from '../support/world.ts'

let table: Table
let world: World

test.beforeAll(() => {
  world = eventfulWorld()
})
test.beforeEach(async ({ table: fresh }) => {
  table = fresh
  await storeWorld(table, world)
})

const viewOf = (source = table) => new UsageView(source, new JournalStore(source))
const rows = () => viewOf().rows('acme', '2026-01-01', '2027-12-31')

/** Use by day and meter, added up from the journal alone. */
function fromJournal(upTo = world.entries.length) {
  const sums: Record<string, number> = {}
  for (const entry of world.entries.slice(0, upTo)) {
    if ((entry.kind !== 'usage' && entry.kind !== 'capture') || entry.usage.quantity === 0) continue
    const at = entry.kind === 'usage' ? entry.time : entry.at
    const key = `${new Date(at).toISOString().slice(0, 10)} ${entry.usage.appId} ${entry.usage.meter}`
    sums[key] = (sums[key] ?? 0) + entry.usage.quantity
  }
  return sums
}

async function fromView() {
  const found = await rows()
  return Object.fromEntries(found.map((row) => [`${row.day} ${row.appId} ${row.meter}`, row.quantity]))
}

const record = (version: number): DynamoDBRecord => ({
  eventID: `event-${version}`,
  eventName: 'MODIFY',
  dynamodb: {
    SequenceNumber: String(version),
    NewImage: { sk: { S: 'ACCOUNT' }, teamId: { S: 'acme' }, version: { N: String(version) } },
  },
})

/** Loads the deployed consumer again for each table, because it opens the table of its environment when it loads. */
async function consumer(): Promise<(event: DynamoDBStreamEvent) => Promise<unknown>> {
  Object.assign(process.env, { TABLE_NAME: table.tableName, PAYMENTS: 'sandbox', STAGE: 'test' })
  vi.resetModules()
  const { handler } = await import('../../lambdas/consumers/on-account-changed.ts')
  return handler
}

test('the view is what the journal says', async () => {
  expect(await viewOf().catchUp('acme', world.account.version)).toBe(true)
  expect(await fromView()).toEqual(fromJournal())
})

test('rows have charges as well as quantities', async () => {
  await viewOf().catchUp('acme', world.account.version)
  const found = await rows()
  const total = (name: 'milliTokens' | 'usdCents' | 'units') => found.reduce((sum, row) => sum + row[name], 0)
  const charges = world.entries.flatMap((entry) => ('usage' in entry ? entry.usage.charges : []))
  const expected = (amount: (charge: (typeof charges)[number]) => number) =>
    charges.reduce((sum, charge) => sum + amount(charge), 0)
  expect(total('units')).toBe(expected((charge) => charge.units))
  expect(total('milliTokens')).toBe(expected((charge) => (charge.source === 'flex' ? charge.milliTokens : 0)))
  expect(total('usdCents')).toBe(
    expected((charge) => (charge.source === 'pay-as-you-go' ? charge.usdCents : 0)),
  )
})

test('the view counts every entry once when it is notified in small steps, forwards, backwards and repeatedly', async () => {
  for (const version of [3, 1, 10, 10, 4, 11, 2, world.account.version, 5])
    expect(await viewOf().catchUp('acme', version)).toBe(true)
  expect(await fromView()).toEqual(fromJournal())
})

test('many consumers at once count every entry once', async () => {
  const reached = await Promise.all(
    Array.from({ length: 10 }, () => viewOf().catchUp('acme', world.account.version)),
  )
  expect(reached).toEqual(Array(10).fill(true))
  expect(await fromView()).toEqual(fromJournal())
})

test('a journal that the index does not show yet is not counted past its gap, and later caught up', async () => {
  const hidden = 20
  expect(await viewOf(laggingTable(table, hidden)).catchUp('acme', world.account.version)).toBe(false)
  expect(await fromView()).toEqual(fromJournal(hidden - 1))
  expect(await viewOf().catchUp('acme', world.account.version)).toBe(true)
  expect(await fromView()).toEqual(fromJournal())
})

test('records ten times, out of order, and one of them lost: the view is what the journal says', async () => {
  const handler = await consumer()
  const versions = Array.from({ length: world.account.version }, (_, index) => index + 1)
  const kept = versions.filter((version) => version !== 7)
  const shuffled = kept.toSorted((a, b) => ((a * 37) % 41) - ((b * 37) % 41))
  for (let round = 0; round < 10; round++) {
    const part = shuffled.filter((_, index) => index % 10 <= round)
    expect(await handler({ Records: part.map(record) })).toEqual({ batchItemFailures: [] })
  }
  expect(await fromView()).toEqual(fromJournal())
  const { Item: cursor } = await table.send('GetItem', {
    TableName: table.tableName,
    Key: usageCursorKey('acme'),
  })
  expect(cursor?.version).toBe(world.account.version)
})

test('a record of a version that the journal does not have yet is asked for again', async () => {
  const handler = await consumer()
  const [early, known] = [record(world.account.version + 1), record(world.account.version)]
  expect(await handler({ Records: [known, early] })).toEqual({
    batchItemFailures: [{ itemIdentifier: String(world.account.version + 1) }],
  })
  expect(await fromView()).toEqual(fromJournal())
})
