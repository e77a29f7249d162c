import { Webhook as Signer } from 'standardwebhooks'
import { type Instant, secondMs } from '../../core/time/time.ts'
import { isCorrelationId } from '../runtime/invocation.ts'
import type { Delivery } from '../store/delivery.ts'
import type { WebhookRequest } from './send-webhook.ts'

/** The receiver of a message, and all secrets that sign it. */
export interface Receiver {
  readonly url: string
  readonly secrets: readonly string[]
}

/**
 * A delivery in the form of Standard Webhooks: id and timestamp are signed with the body. The id is the event's id, the
 * same in every try.
 */
export function toWebhookRequest(delivery: Delivery, receiver: Receiver, now: Instant): WebhookRequest {
  const { eventId, type, detail } = delivery
  const body = JSON.stringify({ type, timestamp: detail.at, data: detail })
  const at = new Date(now)
  const signatures = receiver.secrets.map((secret) => new Signer(secret).sign(eventId, at, body))
  return {
    url: receiver.url,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Tollgate-Webhooks/1',
      ...(isCorrelationId(detail.correlationId) && { 'x-correlation-id': detail.correlationId }),
      'webhook-id': eventId,
      'webhook-timestamp': String(Math.floor(now / secondMs)),
      'webhook-signature': signatures.join(' '),
    },
    body,
  }
}
