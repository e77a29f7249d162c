import { Publisher } from '../../lambdas/bus/publisher.ts'
import type { Deps } from '../../lambdas/runtime/deps.ts'
import { EventCursor } from '../../lambdas/store/event-cursor.ts'
import { UsageView } from '../../lambdas/store/usage-view.ts'
import type { Instance, Outside } from './instance.ts'

/** The publisher of a function instance, on a bus that remembers. */
export function publisherOf({ table, journal, catalog }: Deps, outside: Outside): Publisher {
  const bus = { put: async (events: Outside['events']) => void outside.events.push(...events) }
  return new Publisher({ cursor: new EventCursor(table), journal, catalog, bus: { put: bus.put as never } })
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
