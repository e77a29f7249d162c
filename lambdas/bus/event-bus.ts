import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge'
import { factSource } from '../../contract/event-names.ts'
import type { DomainEvent } from '../../core/events/domain-event.ts'
import { pause } from '../runtime/pause.ts'
import { eventToJson } from './event-json.ts'

const entriesPerCall = 10
const triesMax = 5
const pauseMs = 100

export interface EventBus {
  /** Resolves when all are on the bus. Throws when some are not after a bounded number of tries; others then may be. */
  put(events: readonly DomainEvent[]): Promise<void>
}

/** The bus of a name. The SDK finds endpoint, Region and credentials. */
export function openEventBus(name: string, client = new EventBridgeClient({ maxAttempts: 3 })): EventBus {
  return {
    put: async (events) => {
      const entries = events.map((event) => toEntry(event, name))
      for (let start = 0; start < entries.length; start += entriesPerCall)
        await putAll(client, entries.slice(start, start + entriesPerCall))
    },
  }
}

function toEntry(event: DomainEvent, name: string): PutEventsRequestEntry {
  return {
    EventBusName: name,
    Source: factSource,
    DetailType: event.type,
    Detail: JSON.stringify(eventToJson(event)),
    Time: new Date(event.at),
  }
}

async function putAll(client: EventBridgeClient, all: readonly PutEventsRequestEntry[]): Promise<void> {
  let entries = all
  for (let round = 0; entries.length > 0; round++) {
    if (round === triesMax) throw new Error(`${entries.length} events did not get on the bus`)
    if (round > 0) await pause(pauseMs * 2 ** round)
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [...entries] }))
    entries = entries.filter((_, index) => Entries[index]?.EventId === undefined)
  }
}
