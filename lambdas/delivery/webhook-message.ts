import { Webhook as Signer } from 'standardwebhooks'
import type { Instant } from '../../core/time.ts'
import type { Webhook } from '../store/notifications.ts'
import type { Delivery } from './delivery.ts'
import type { WebhookRequest } from './send-webhook.ts'

const secondMs = 1_000

/**
 * A delivery as Standard Webhooks has it: id and timestamp signed with the body. The id is the event's, the same in every
 * try. While a secret is being replaced, the message is signed with both.
 */
export function toWebhookRequest(delivery: Delivery, webhook: Webhook, now: Instant): WebhookRequest {
  const { eventId, type, detail } = delivery
  const body = JSON.stringify({ type, timestamp: detail.at, data: detail })
  const at = new Date(now)
  const secrets = [webhook.secret]
  if (webhook.previous !== undefined && now < webhook.previous.until) secrets.push(webhook.previous.secret)
  const signatures = secrets.map((secret) => new Signer(secret).sign(eventId, at, body))
  return {
    url: webhook.url,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Tollgate-Webhooks/1',
      'webhook-id': eventId,
      'webhook-timestamp': String(Math.floor(now / secondMs)),
      'webhook-signature': signatures.join(' '),
    },
    body,
  }
}
