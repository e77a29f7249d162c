import { expect } from 'vitest'
import type { DomainEvent } from '../../core/events/domain-event.ts'
import { Publisher } from '../../lambdas/bus/publisher.ts'
import { CatalogStore } from '../../lambdas/store/catalog.ts'
import { EventCursor } from '../../lambdas/store/event-cursor.ts'
import { JournalStore } from '../../lambdas/store/journal.ts'
import { dueAtKey, dueIndex, dueShard } from '../../lambdas/store/keys.ts'
import type { Table } from '../../lambdas/store/table.ts'
import type { EngineTables } from '../support/engine-table.ts'
import { test } from '../support/fixtures.ts'
import { eventfulWorld, storeWorld } from '../support/stored-world.ts'
import { World } from '../support/world.ts'

let engine: EngineTables
test.beforeAll(({ engine: started }) => {
  engine = started
})

interface Told {
  readonly table: Table
  readonly events: DomainEvent[]
  readonly cursor: EventCursor
  publisher(cursor?: EventCursor): Publisher
}

/** A team's history in a separate table, and a bus that records its events. */
async function told(world: World): Promise<Told> {
  const table = await engine.newTable()
  await storeWorld(table, world)
  const events: DomainEvent[] = []
  const parts = {
    journal: new JournalStore(table),
    catalog: new CatalogStore(table, { now: () => world.now }),
    bus: { put: async (more: readonly DomainEvent[]) => void events.push(...more) },
  }
  const cursor = new EventCursor(table)
  return { table, events, cursor, publisher: (own = cursor) => new Publisher({ ...parts, cursor: own }) }
}

const idsOf = (events: readonly DomainEvent[]) => events.map(({ eventId }) => eventId)

test('records that are repeated, late or out of order tell every fact once, in order', async () => {
  const world = eventfulWorld()
  const { events, publisher } = await told(world)
  const { version } = world.account
  for (const upTo of [7, 3, 7, version - 20, 12, version, 1, version])
    expect(await publisher().catchUp('acme', upTo)).toBe(true)
  expect(new Set(idsOf(events)).size).toBe(events.length)
  expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted((a, b) => a - b))
  const again = await told(world)
  await again.publisher().catchUp('acme', version)
  expect(again.events).toEqual(events)
})

test('a crash between the bus and the cursor tells the same again, under the same ids', async () => {
  const world = eventfulWorld()
  const { table, events, publisher } = await told(world)
  const crashing = new EventCursor(table)
  crashing.move = async () => {
    throw new Error('killed')
  }
  await expect(publisher(crashing).catchUp('acme', world.account.version)).rejects.toThrow('killed')
  const first = [...events]
  expect(first.length).toBeGreaterThan(0)
  await publisher().catchUp('acme', world.account.version)
  expect(events.slice(first.length, first.length * 2)).toEqual(first)
  expect(new Set(idsOf(events)).size).toBe(events.length - first.length)
})

test('two at once tell everything, and nothing under two ids', async () => {
  const world = eventfulWorld()
  const { events, publisher } = await told(world)
  const { version } = world.account
  await Promise.all([1, 2, 3].map(() => publisher().catchUp('acme', version)))
  const byId = new Map(events.map((event) => [event.eventId, event]))
  for (const event of events) expect(event).toEqual(byId.get(event.eventId))
  const alone = await told(world)
  await alone.publisher().catchUp('acme', version)
  expect(new Set(idsOf(events))).toEqual(new Set(idsOf(alone.events)))
})

test('each threshold of a free amount is published once, however small the steps', async () => {
  const world = new World('2026-01-10T10:00:00Z')
  world.plan({ plan: 'free', payAsYouGo: false })
  for (let used = 0; used < 18_000; used += 600) world.use('automation-autocad', 600)
  world.use('automation-autocad', 600)
  const { events, publisher } = await told(world)
  for (let version = 1; version <= world.account.version; version += 3)
    await publisher().catchUp('acme', version)
  await publisher().catchUp('acme', world.account.version)
  const percents = events.flatMap((event) => (event.type === 'UsageThresholdReached' ? event.percent : []))
  expect(percents).toEqual([50, 80, 100])
  expect(events.filter(({ type }) => type === 'FreeLimitReached')).toMatchObject([
    { meter: 'automation-autocad', api: 'automation', freeLimitStops: 'api' },
  ])
})

test('low tokens are published once, and used-up ones once', async () => {
  const world = new World('2026-01-10T10:00:00Z')
  world.plan({ plan: 'paid', payAsYouGo: false })
  world.buy(100)
  for (let units = 0; units < 100; units++) world.use('automation-autocad', 720)
  const { events, publisher } = await told(world)
  await publisher().catchUp('acme', world.account.version)
  expect(events.map(({ type }) => type)).toEqual(['TokensLow', 'TokensExhausted'])
  expect(events[0]).toMatchObject({ milliTokens: 20_000, ofMilliTokens: 100_000 })
})

test('an entry that the journal does not show yet is not skipped', async () => {
  const world = eventfulWorld()
  const { events, publisher, cursor } = await told(world)
  const { version } = world.account
  expect(await publisher().catchUp('acme', version + 1)).toBe(false)
  expect((await cursor.load('acme')).version).toBe(version)
  expect(events.length).toBeGreaterThan(0)
})

test('the cursor is in no index: nothing falls due for it', async () => {
  const world = eventfulWorld()
  const { table, publisher } = await told(world)
  await publisher().catchUp('acme', world.account.version)
  const { Items = [] } = await table.send('Query', {
    TableName: table.tableName,
    IndexName: dueIndex,
    KeyConditionExpression: 'dueShard = :shard AND dueAt <= :dueBy',
    ExpressionAttributeValues: {
      ':shard': dueShard('acme'),
      ':dueBy': dueAtKey(Date.parse('2999-01-01T00:00:00Z')),
    },
  })
  expect(Items.map((item) => item.sk)).toEqual(['ACCOUNT'])
})
