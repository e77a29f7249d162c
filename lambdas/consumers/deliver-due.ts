import type { Deliverer } from '../delivery/deliverer.ts'
import { openDeliverer } from '../delivery/open-deliverer.ts'
import { type Clock, stopwatch } from '../runtime/clock.ts'
import { toHandler } from '../runtime/handler.ts'
import { logFailure } from '../runtime/log.ts'
import { metrics } from '../runtime/metrics.ts'
import { openDeps } from '../runtime/open-deps.ts'
import type { DeliveryStore } from '../store/deliveries.ts'
import type { Delivery } from '../store/delivery.ts'
import { deliveryShardKey, deliveryShards } from '../store/keys.ts'

const pageMax = 50
const atOnce = 10
/** A run usually ends before that of the next minute; two at once do no harm. */
const budgetMs = 45_000

export interface DueParts {
  readonly clock: Clock
  readonly deliverer: Deliverer
  readonly deliveries: DeliveryStore
}

/** Tries the due deliveries again, up to a bound; the rest is still due the next minute. Returns the number of tries. */
export async function deliverDue(parts: DueParts): Promise<{ tried: number; isDone: boolean }> {
  const { clock, deliverer, deliveries } = parts
  const startedAt = clock.now()
  const elapsed = stopwatch()
  let tried = 0
  metrics.add('DeliveriesOldestDueAge', 0)
  for (let shard = 0; shard < deliveryShards; shard++) {
    for (let isMore = true; isMore; ) {
      if (elapsed() > budgetMs) return { tried, isDone: false }
      const due = await deliveries.due(deliveryShardKey(shard), clock.now(), pageMax)
      if (due[0] !== undefined) metrics.add('DeliveriesOldestDueAge', Math.max(0, startedAt - due[0].dueAt))
      for (let start = 0; start < due.length && elapsed() <= budgetMs; start += atOnce) {
        const some = due.slice(start, start + atOnce)
        await Promise.all(some.map((delivery) => attempt(deliverer, delivery)))
        tried += some.length
      }
      isMore = due.length === pageMax
    }
  }
  return { tried, isDone: true }
}

/** A delivery that cannot be tried must not hold up the others. */
async function attempt(deliverer: Deliverer, delivery: Delivery): Promise<void> {
  const { teamId, deliveryId } = delivery
  try {
    await deliverer.attempt(delivery)
  } catch (error) {
    logFailure('delivery', { teamId, deliveryId, correlationId: delivery.detail.correlationId }, error)
  }
}

const deps = openDeps()
const parts = { clock: deps.clock, ...openDeliverer(deps) }

export const handler = toHandler('deliver-due', () => deliverDue(parts))
