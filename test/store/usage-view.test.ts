import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { expect, vi } from 'vitest'
import { dayMs } from '../../core/time/time.ts'
import { JournalStore } from '../../lambdas/store/journal.ts'
import { usageCursorKey } from '../../lambdas/store/keys.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { haltedVersion } from '../../lambdas/store/usage-cursor.ts'
import { UsageView } from '../../lambdas/store/usage-view.ts'
import { test } from '../support/fixtures.ts'
import { laggingTable } from '../support/lagging-index.ts'
import { eventfulWorld, storeWorld } from '../support/stored-world.ts'
import { allGroups } from '../support/usage-rows.ts'
import { World } from '../support/world.ts'

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
const rows = () =>
  allGroups(table, { teamId: 'acme', from: '2026-01-01', to: '2027-12-31', by: ['day', 'meter', 'app'] })

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
  return Object.fromEntries(
    found.map(({ names, quantity }) => [`${names.day} ${names.app} ${names.meter}`, quantity]),
  )
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

/** Use that counts in its own month, and in a later one since its month was closed; one event was taken back. */
function lateWorld(): World {
  const late = new World('2026-01-28T10:00:00Z')
  late.plan({ plan: 'paid', payAsYouGo: false })
  late.buy(100)
  late.use('automation-autocad', 1_000)
  late.pass(13 * dayMs)
  late.use('automation-autocad', 200, 12 * dayMs)
  late.use('automation-revit', 30)
  late.reverse(late.entries.at(-1))
  late.pass(20 * dayMs)
  late.use('automation-autocad', 7, 33 * dayMs)
  late.use('automation-autocad', 500)
  return late
}

const uses = (entries: World['entries']) =>
  entries.flatMap((entry) => {
    if (entry.kind === 'usage' || entry.kind === 'capture') return [{ usage: entry.usage, sign: 1 }]
    return entry.kind === 'reversal' ? entry.uses.map(({ usage }) => ({ usage, sign: -1 })) : []
  })

/** Quantities by meter that count in a period, added up from entries alone. */
function countedIn(period: string, entries: World['entries']): ReadonlyMap<string, number> {
  const own = uses(entries).filter(({ usage }) => usage.period === period)
  const byMeter = Map.groupBy(own, ({ usage }) => usage.meter)
  const sums = [...byMeter].map(([meter, some]) => {
    return [meter, some.reduce((sum, { usage, sign }) => sum + sign * usage.quantity, 0)] as const
  })
  return new Map(sums.filter(([, quantity]) => quantity !== 0))
}

test('the use of an app counts in the period of its entries, up to the version that the view has reached', async ({
  engine,
}) => {
  const late = lateWorld()
  const all = late.entries.length
  expect([...countedIn('2026-01', late.entries).values()]).toEqual([1_000])
  expect([...countedIn('2026-03', late.entries).values()]).toEqual([507])
  for (const to of [all, all - 1, all - 3]) {
    table = await engine.newTable()
    await storeWorld(table, late, { to })
    expect(await viewOf().catchUp('acme', to)).toBe(true)
    for (const period of ['2025-12', '2026-01', '2026-02', '2026-03']) {
      const quantities = countedIn(period, late.entries.slice(0, to))
      expect(await viewOf().appUse('acme', 'app', period)).toEqual({ version: to, quantities })
    }
  }
})

test('the use of an app is unknown while the view is rebuilt', async () => {
  const Item = { ...usageCursorKey('acme'), version: haltedVersion }
  await table.send('PutItem', { TableName: table.tableName, Item })
  expect(await viewOf().appUse('acme', 'app', '2026-01')).toBeUndefined()
})

test('the use of an app is read again when the view moves during the reading', async () => {
  await viewOf().catchUp('acme', 0)
  let readings = 0
  const moving: Table = {
    ...table,
    send: async (name, input) => {
      const answer = await table.send(name, input)
      if (name === 'Query' && readings++ === 0) await viewOf().catchUp('acme', world.account.version)
      return answer
    },
  }
  const found = await viewOf(moving).appUse('acme', 'app', '2026-01')
  expect(found).toEqual({ version: world.account.version, quantities: countedIn('2026-01', world.entries) })
  expect(readings).toBe(6)
})
