import type { DomainEvent } from '../../core/events/domain-event.ts'
import { eventsOf } from '../../core/events/events-of.ts'
import { apply } from '../../core/journal/fold.ts'
import { metrics } from '../runtime/metrics.ts'
import type { CatalogStore } from '../store/catalog.ts'
import type { EventCursor } from '../store/event-cursor.ts'
import { type JournalStore, withoutGap } from '../store/journal.ts'
import { countEntries } from './entry-counts.ts'
import type { EventBus } from './event-bus.ts'

const entriesPerStep = 100

export interface PublisherParts {
  readonly cursor: EventCursor
  readonly journal: JournalStore
  readonly catalog: CatalogStore
  readonly bus: EventBus
}

/**
 * Publishes the events of a team's entries on the bus, in order, from the cursor on. Events go out before the cursor moves:
 * after a crash in between they go out again, with the same ids.
 */
export class Publisher {
  private readonly parts: PublisherParts

  constructor(parts: PublisherParts) {
    this.parts = parts
  }

  /** Publishes everything up to a version of the account. Returns true once it is there; the journal's index may lag behind. */
  async catchUp(teamId: string, version: number): Promise<boolean> {
    const { cursor, journal, bus, catalog } = this.parts
    let account = await cursor.load(teamId)
    while (account.version < version) {
      const found = await journal.since(teamId, account.version, entriesPerStep)
      const entries = withoutGap(found, account.version)
      if (entries.length === 0) return false
      const rates = await catalog.get()
      const events: DomainEvent[] = []
      let after = account
      for (const entry of entries) {
        const before = after
        after = apply(before, entry)
        events.push(...eventsOf(before, after, entry, rates))
      }
      await bus.put(events)
      metrics.add('EventsPublished', events.length)
      const isMoved = await cursor.move(account.version, after)
      // Only the run that moves the cursor counts the entries, so each is counted once, however often it is published.
      if (isMoved) countEntries(entries)
      account = isMoved ? after : await cursor.load(teamId)
    }
    return true
  }
}
