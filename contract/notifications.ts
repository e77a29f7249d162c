import * as v from 'valibot'
import { instantText } from './figures.ts'

const webhookAnswer = v.pipe(
  v.object({
    webhookId: v.string(),
    url: v.string(),
    types: v.optional(v.array(v.string())),
    /** Present after the webhook was switched off because a delivery failed permanently. */
    disabledAt: v.optional(instantText),
    /** Only in the answer that created it; it is never shown again. */
    secret: v.optional(v.string()),
  }),
  v.title('Webhook'),
)

export const notificationsAnswer = v.pipe(
  v.object({
    language: v.picklist(['en', 'ja']),
    emails: v.array(v.string()),
    webhooks: v.array(webhookAnswer),
  }),
  v.title('Notifications'),
)

export type NotificationsAnswer = v.InferOutput<typeof notificationsAnswer>
