import * as v from 'valibot'
import { instantText } from './answers.ts'

export const webhookAnswer = v.object({
  webhookId: v.string(),
  url: v.string(),
  types: v.optional(v.array(v.string())),
  /** Present where it was switched off, after a delivery failed for good. */
  disabledAt: v.optional(instantText),
  /** Only in the answer that made it: it is never shown again. */
  secret: v.optional(v.string()),
})

export const notificationsAnswer = v.object({
  language: v.picklist(['en', 'ja']),
  emails: v.array(v.string()),
  webhooks: v.array(webhookAnswer),
})
export type NotificationsAnswer = v.InferOutput<typeof notificationsAnswer>

/** The secret before it is good for a day more. */
export const webhookSecretAnswer = v.object({
  webhookId: v.string(),
  secret: v.string(),
  previousUntil: instantText,
})
export type WebhookSecretAnswer = v.InferOutput<typeof webhookSecretAnswer>

export const deliveryAnswer = v.object({
  deliveryId: v.string(),
  /** `email`, or the id of a webhook. */
  endpointId: v.string(),
  eventId: v.string(),
  type: v.string(),
  status: v.picklist(['pending', 'delivered', 'failed']),
  attempts: v.array(v.object({ at: instantText, outcome: v.string() })),
})
export type DeliveryAnswer = v.InferOutput<typeof deliveryAnswer>

export const deliveriesAnswer = v.object({
  deliveries: v.array(deliveryAnswer),
  cursor: v.optional(v.string()),
})
export type DeliveriesAnswer = v.InferOutput<typeof deliveriesAnswer>
