import * as v from 'valibot'
import { instantText } from './figures.ts'

const attemptAnswer = v.pipe(v.object({ at: instantText, outcome: v.string() }), v.title('DeliveryAttempt'))

export const deliveryAnswer = v.pipe(
  v.object({
    deliveryId: v.string(),
    /** `email`, or the id of a webhook. */
    endpointId: v.string(),
    eventId: v.string(),
    type: v.string(),
    status: v.picklist(['pending', 'delivered', 'failed']),
    attempts: v.array(attemptAnswer),
  }),
  v.title('Delivery'),
)

export type DeliveryAnswer = v.InferOutput<typeof deliveryAnswer>
