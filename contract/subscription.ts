import * as v from 'valibot'
import { amount, dayText } from './figures.ts'

/** Subscriptions to a product as they count for included amounts. */
export const subscriptionAnswer = v.pipe(
  v.object({
    product: v.string(),
    count: amount,
    from: v.pipe(dayText, v.description('The first day (UTC)')),
    until: v.optional(v.pipe(dayText, v.description('The last day (UTC), which is the last of a month'))),
  }),
  v.title('Subscription'),
)

export type SubscriptionAnswer = v.InferOutput<typeof subscriptionAnswer>
