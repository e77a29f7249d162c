import { openEventBus } from '../bus/event-bus.ts'
import { Publisher } from '../bus/publisher.ts'
import { accountConsumer } from '../runtime/account-consumer.ts'
import { readEventBus } from '../runtime/env.ts'
import { openDeps } from '../runtime/open-deps.ts'
import { EventCursor } from '../store/event-cursor.ts'

const deps = openDeps()
const publisher = new Publisher({
  cursor: new EventCursor(deps.table),
  journal: deps.journal,
  catalog: deps.catalog,
  bus: openEventBus(readEventBus()),
})

/** Publishes the events of the changed accounts in the stream. */
export const handler = accountConsumer('events', (teamId, version) => publisher.catchUp(teamId, version))
