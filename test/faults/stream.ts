import type { EventBus } from '../../lambdas/bus/event-bus.ts'
import { Publisher } from '../../lambdas/bus/publisher.ts'
import type { Deps } from '../../lambdas/runtime/deps.ts'
import { EventCursor } from '../../lambdas/store/event-cursor.ts'
import { UsageView } from '../../lambdas/store/usage-view.ts'
import type { Instance } from './instance.ts'
import { type Outside, tell } from './outside.ts'

/** The publisher of a function instance, on a bus that remembers. */
export function publisherOf({ table, journal, catalog }: Deps, outside: Outside): Publisher {
  const put: EventBus['put'] = async (events) => {
    // Of an empty journal there is nothing to say, and the bus is not asked.
    if (events.length > 0) tell(outside, events, (event) => outside.events.push(event))
  }
  return new Publisher({ cursor: new EventCursor(table), journal, catalog, bus: { put } })
}

/** Rings both consumers of the stream for each of some versions of the account, in that order. */
export async function ring({ deps, outside }: Instance, versions: readonly number[]): Promise<void> {
  const view = new UsageView(deps.table, deps.journal)
  const publisher = publisherOf(deps, outside)
  for (const version of versions) {
    await view.catchUp('acme', version)
    await publisher.catchUp('acme', version)
  }
}
