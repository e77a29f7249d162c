import { expect } from 'vitest'
import type { DomainEvent } from '../../core/events/domain-event.ts'
import { Publisher } from '../../lambdas/bus/publisher.ts'
import { CatalogStore } from '../../lambdas/store/catalog.ts'
import { EventCursor } from '../../lambdas/store/event-cursor.ts'
import { JournalStore } from '../../lambdas/store/journal.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { replayEvents } from '../../ops/events.ts'
import { test } from '../support/fixtures.ts'
import { operatingOn } from '../support/operating.ts'
import { eventfulWorld, storeWorld } from '../support/stored-world.ts'

let table: Table
const world = eventfulWorld()
const { version } = world.account

test.beforeAll(async ({ engine }) => {
  table = await engine.newTable()
  await storeWorld(table, world)
})

function rememberingBus() {
  const events: DomainEvent[] = []
  return { events, bus: { put: async (more: readonly DomainEvent[]) => void events.push(...more) } }
}

test('replayed events equal the original ones, with the same ids', async () => {
  const told = rememberingBus()
  const catalog = new CatalogStore(table, { now: () => world.now })
  const parts = { cursor: new EventCursor(table), journal: new JournalStore(table), catalog, bus: told.bus }
  await new Publisher(parts).catchUp('acme', version)
  const again = rememberingBus()
  const { operating } = operatingOn(table, world.now)
  const from = Math.floor(version / 2)
  const number = await replayEvents(operating, { team: 'acme', from, apply: true, bus: again.bus })
  const later = told.events.filter(({ eventId }) => Number(eventId.split('.')[1]) >= from)
  expect(later.length).toBeGreaterThan(3)
  expect(again.events).toEqual(later)
  expect(number).toBe(later.length)
})

test('events are listed without --apply, and none is published', async () => {
  const { events, bus } = rememberingBus()
  const { operating, lines } = operatingOn(table, world.now)
  const number = await replayEvents(operating, { team: 'acme', from: 1, to: version - 1, bus })
  expect(events).toEqual([])
  expect(number).toBeGreaterThan(0)
  expect(lines[0]).toMatch(/^acme\.\d+\.\d+ \w+ 202\d-\d\d-\d\dT\S+Z$/)
})

test('versions outside the journal are refused', async () => {
  const { operating } = operatingOn(table)
  const replay = replayEvents(operating, { team: 'acme', from: version + 1 })
  await expect(replay).rejects.toThrow(`The journal of acme has versions 1 to ${version}.`)
})
