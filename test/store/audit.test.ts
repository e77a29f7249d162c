import { describe, expect } from 'vitest'
import { auditTable } from '../../audit/table.ts'
import { emptyAccount } from '../../core/account/account.ts'
import type { EntryKind } from '../../core/journal/entry.ts'
import { record } from '../../core/journal/record.ts'
import { commit } from '../../lambdas/store/commit.ts'
import {
  accountKey,
  entryKey,
  type Key,
  orderedPurchaseKey,
  payableKey,
  teamNameKey,
} from '../../lambdas/store/keys.ts'
import { getItem, type Item, type Table } from '../../lambdas/store/table.ts'
import { test } from '../support/fixtures.ts'
import { laggingTable } from '../support/lagging-index.ts'
import { eventfulWorld, storeWorld } from '../support/stored-world.ts'
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

async function audit() {
  const lines: string[] = []
  const audited = await auditTable(table, { onDifference: (line) => lines.push(line) })
  expect(audited.differences).toBe(lines.length)
  return { ...audited, lines }
}

const put = (Item: Item) => table.send('PutItem', { TableName: table.tableName, Item })

async function change(key: Key, name: string, value: unknown): Promise<void> {
  const UpdateExpression = 'SET #name = :value'
  await table.send('UpdateItem', {
    TableName: table.tableName,
    Key: key,
    UpdateExpression,
    ExpressionAttributeNames: { '#name': name },
    ExpressionAttributeValues: { ':value': value },
  })
}

/** The key of the `index`-th entry of a kind, counted from the newest by -1. */
function keyOf(kind: EntryKind, index = -1) {
  const entry = world.entries.filter((entry) => entry.kind === kind).at(index)
  if (entry === undefined) throw new Error(`no entry of kind ${kind}`)
  return entryKey(entry)
}

async function itemOf(key: Key): Promise<Item> {
  const found = await getItem(table, key)
  if (found === undefined) throw new Error('no item')
  return found
}

test('the history has a bit of everything', () => {
  const kinds = new Set(world.entries.map((entry) => entry.kind))
  expect([...kinds]).toEqual(
    expect.arrayContaining(['capture', 'void', 'lot-expired', 'period-started', 'period-closed', 'usage']),
  )
})

test('a table whose accounts are what their journals say has no differences', async () => {
  const other = record(emptyAccount('other'), 1_000, { kind: 'hub-named', name: 'x' })
  await commit(table, { version: 0, account: other.account, entries: [other.entry], writes: [] })
  expect(await audit()).toEqual({ accounts: 2, entries: world.entries.length + 1, differences: 0, lines: [] })
})

test('an empty table has no differences', async ({ engine }) => {
  table = await engine.newTable()
  expect(await audit()).toEqual({ accounts: 0, entries: 0, differences: 0, lines: [] })
})

describe('a field of an account was changed:', () => {
  const planted: [string, (item: Item) => unknown, string][] = [
    ['at', (item) => Number(item.at) + 1, '/at is'],
    ['profile', () => ['US', 'credit-card', 'bad'], '/profile/standing is "bad", by its journal "good"'],
    ['terms', (item) => (item.terms as unknown[]).slice(1), '/terms/'],
    ['spendLimitUsdCents', () => 1, '/spendLimitUsdCents is 1, by its journal 100000'],
    ['creditUsdCents', () => 5, '/creditUsdCents is 5, by its journal 0'],
    ['suspendedBecause', () => 'x', '/suspendedBecause is "x", by its journal absent'],
    ['overdueSince', () => 7, '/overdueSince is 7'],
    ['period', () => '2026-01', '/period is "2026-01"'],
    ['lots', () => [['lot-9', 1, 1, 1, 1]], 'lot lot-9 was never granted'],
    ['meters', () => ({ x: { remainder: 1 } }), 'x: remainder is 1; paid usage - charged units is 0'],
    ['meters', () => ({ x: { current: [0, 0, 0, 0, 7] } }), 'x: 7 base units are included in '],
    ['subscriptions', () => [['p', 1, 0]], '/subscriptions/0 is'],
    ['shortfall', () => [[1, 'm', 1, 1, 1]], 'm: shortfall is 1 units; unpaid - settled is 0'],
    ['limits', () => [['app', 'm', 5, 0, []]], '/limits/0 is'],
    ['dueAt', () => '2030-01-01T00:00:00.000Z', '/dueAt is'],
    ['itemVersion', () => 3, 'the account cannot be read'],
    ['version', (item) => Number(item.version) + 1, `entry ${0} is missing`],
  ]
  test.each(planted)('%s', async (name, value, line) => {
    const key = accountKey('acme')
    await change(key, name, value(await itemOf(key)))
    const { lines } = await audit()
    const expected = line.replace('entry 0', `entry ${world.entries.length + 1}`)
    expect(lines.join('\n')).toContain(`acme: ${expected}`)
  })
})

describe('an entry was', () => {
  test('deleted', async () => {
    const found = world.entries.find((entry) => entry.kind === 'capture')
    await table.send('DeleteItem', { TableName: table.tableName, Key: keyOf('capture', 0) })
    expect((await audit()).lines).toEqual([`acme: entry ${found?.version} is missing`])
  })

  test('the newest, and deleted', async () => {
    const newest = world.entries.at(-1)
    if (newest) await table.send('DeleteItem', { TableName: table.tableName, Key: entryKey(newest) })
    expect((await audit()).lines).toEqual([`acme: entry ${newest?.version} is missing`])
  })

  test('changed in its quantity', async () => {
    const item = await itemOf(keyOf('usage'))
    const usage = item.usage as Item
    await put({ ...item, usage: { ...usage, quantity: Number(usage.quantity) + 1 } })
    expect((await audit()).lines.join('\n')).toMatch(/remainder is \d+, by its journal \d+/)
  })

  test('changed in what it charged', async () => {
    const item = await itemOf(keyOf('capture', 0))
    const usage = item.usage as { charges: { units: number; milliTokens: number }[] }
    const [charge, ...rest] = usage.charges
    await put({ ...item, usage: { ...usage, charges: [{ ...charge, milliTokens: 1 }, ...rest] } })
    expect((await audit()).lines.join('\n')).toMatch(/a charge of 1 draws \d+ from its lots/)
  })

  test('an invoice, and changed', async () => {
    const item = await itemOf(keyOf('period-closed'))
    await put({ ...item, usdCents: Number(item.usdCents) + 1 })
    expect((await audit()).lines.join('\n')).toMatch(
      /\/invoice\/2026-\d\d\/usdCents is \d+, by its journal \d+/,
    )
  })

  test('an invoice, and given another number or another country', async () => {
    const item = await itemOf(keyOf('period-closed'))
    await put({ ...item, number: 7, country: 'JP' })
    expect((await audit()).lines.join('\n')).toMatch(/a document has number 7 instead of 1/)
    expect((await audit()).lines.join('\n')).toMatch(/document 7 bears version 1 of the team, JP/)
  })

  test('an invoice, and its price averaged', async () => {
    const item = await itemOf(keyOf('period-closed'))
    const [line, ...lines] = item.lines as { unitPriceUsdCents: number }[]
    const averaged = { ...line, unitPriceUsdCents: (line?.unitPriceUsdCents ?? 0) + 1 }
    await put({ ...item, lines: [averaged, ...lines] })
    expect((await audit()).lines.join('\n')).toMatch(
      /\/lines\/0\/unitPriceUsdCents is \d+, by its journal \d+/,
    )
  })

  test('given to another team', async () => {
    await change(keyOf('void'), 'team', 'other')
    const { lines } = await audit()
    expect(lines.join('\n')).toMatch(/acme: entry \d+ is missing/)
    expect(lines.join('\n')).toMatch(/other: there are entries \(up to \d+\) and no account/)
  })

  test('copied under another key', async () => {
    await put({ ...(await itemOf(keyOf('void'))), pk: 'AUTHORIZATION#zzz' })
    const { lines } = await audit()
    expect(lines.join('\n')).toMatch(/acme: entry \d+ is there twice/)
    expect(lines.join('\n')).toMatch(/is stored under the key of another: AUTHORIZATION#zzz/)
  })

  test('made without its account', async () => {
    const next = record(world.account, world.now, { kind: 'resumed' })
    await put({
      ...entryKey(next.entry),
      team: 'acme',
      kind: 'resumed',
      version: next.entry.version,
      at: world.now,
    })
    expect((await audit()).lines).toEqual([
      `acme: entry ${next.entry.version} is beyond the account's version`,
    ])
  })
})

test('an index that hides an entry is noticed, and the account still compared', async () => {
  const hidden = world.entries.find((entry) => entry.kind === 'capture')
  table = laggingTable(table, hidden?.version ?? 0)
  expect((await audit()).lines).toEqual([
    expect.stringContaining('acme: the index lacks the entry AUTHORIZATION#'),
  ])
})

describe('a copy of an entry', () => {
  // A purchase that was given up: its place in the order, and its state.
  const [place, state] = [orderedPurchaseKey('acme', 2), payableKey('acme', 'p1')]

  test.beforeEach(async ({ engine }) => {
    table = await engine.newTable()
    const buyer = new World('2026-01-20T10:00:00Z')
    const bought = { kind: 'purchase-tokens', purchaseId: 'p1', tokens: 100, isPaidAtOnce: false } as const
    buyer.decide(bought, buyer.context)
    const purchase = buyer.entries.find((entry) => entry.kind === 'purchase')
    if (purchase === undefined) throw new Error('no purchase')
    const payable = { status: 'pending' } as const
    buyer.decide({ kind: 'give-up-purchase', purchaseId: 'p1' }, { ...buyer.context, purchase, payable })
    await storeWorld(table, buyer)
    expect((await audit()).lines).toEqual([])
  })

  test.each([[place], [state]])('is missed: %o', async (key) => {
    await table.send('DeleteItem', { TableName: table.tableName, Key: key })
    expect((await audit()).lines).toEqual([`acme: /${key.sk} is absent`])
  })

  test('is compared with its entry', async () => {
    await change(state, 'payable', { status: 'paid' })
    expect((await audit()).lines).toEqual([
      `acme: /${state.sk}/payable/status is "paid", by its journal "given-up"`,
    ])
  })

  test('is not there without an entry', async () => {
    await put({ ...payableKey('acme', 'p2'), ofVersion: 3, payable: { status: 'paid' } })
    expect((await audit()).lines).toHaveLength(1)
  })
})

describe('the name that documents bear', () => {
  test('is missed', async () => {
    await table.send('DeleteItem', { TableName: table.tableName, Key: teamNameKey('acme', 1) })
    expect((await audit()).lines).toEqual(['acme: /PROFILE#000000001 is absent'])
  })

  test('is not there without an entry', async () => {
    await put({ ...teamNameKey('acme', 3), ofVersion: 3, name: 'Nobody' })
    expect((await audit()).lines).toEqual(['acme: /PROFILE#000000003 is there, by its journal absent'])
  })
})
