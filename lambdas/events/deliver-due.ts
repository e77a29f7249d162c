import type { Delivery } from '../delivery/delivery.ts'
import { openDeliverer } from '../delivery/open-deliverer.ts'
import { stopwatch } from '../runtime/clock.ts'
import { openDeps } from '../runtime/deps.ts'
import { logger } from '../runtime/log.ts'
import { deliveryShardKey, deliveryShards } from '../store/keys.ts'

const deps = openDeps()
const { deliverer, deliveries } = openDeliverer(deps)
const pageMax = 50
const atOnce = 10
/** A run ends before the next minute's, mostly; two at once do no harm. */
const budgetMs = 45_000

/** Tries again what is due. Bounded: what is left is still due the next minute. Answers how many it tried. */
export async function handler(): Promise<{ tried: number; isDone: boolean }> {
  const elapsed = stopwatch()
  let tried = 0
  for (let shard = 0; shard < deliveryShards; shard++) {
    for (let isMore = true; isMore; ) {
      if (elapsed() > budgetMs) return { tried, isDone: false }
      const due = await deliveries.due(deliveryShardKey(shard), deps.clock.now(), pageMax)
      for (let start = 0; start < due.length && elapsed() <= budgetMs; start += atOnce) {
        const some = due.slice(start, start + atOnce)
        await Promise.all(some.map(attempt))
        tried += some.length
      }
      isMore = due.length === pageMax
    }
  }
  return { tried, isDone: true }
}

/** One that cannot be tried must not keep the others from it. */
async function attempt(delivery: Delivery): Promise<void> {
  const { teamId, deliveryId } = delivery
  try {
    await deliverer.attempt(delivery)
  } catch (error) {
    logger.error('delivery', { teamId, deliveryId, error: error as Error })
  }
}
