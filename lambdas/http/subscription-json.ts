import type { SubscriptionAnswer } from '../../contract/subscription.ts'
import type { Subscription } from '../../core/account/subscriptions.ts'
import { dayMs, dayOf } from '../../core/time/time.ts'

/** Subscriptions on the wire: with their first and their last day instead of the instants of their start and end. */
export function subscriptionToJson({ product, count, from, until }: Subscription): SubscriptionAnswer {
  return { product, count, from: dayOf(from), ...(until !== undefined && { until: dayOf(until - dayMs) }) }
}
