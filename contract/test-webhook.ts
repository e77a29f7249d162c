import * as v from 'valibot'
import type { Call } from './call.ts'
import { id } from './fields.ts'
import { amount, instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'POST',
  path: '/v1/teams/{teamId}/notifications/webhooks/{webhookId}/test',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'testWebhook',
} as const satisfies Route

export const testWebhook = {
  route,
  params: v.strictObject({ teamId: id, webhookId: id }),
} as const satisfies Call

/** Bytes of a receiver's answer that a test shows. */
export const shownBytesMax = 1_024

const sentHeader = v.pipe(v.object({ name: v.string(), value: v.string() }), v.title('SentHeader'))

const receiverAnswer = v.pipe(
  v.object({
    status: amount,
    body: v.pipe(v.string(), v.description('At most the first 1,024 bytes, read as UTF-8')),
    isCut: v.pipe(v.boolean(), v.description('True where the receiver sent more')),
  }),
  v.title('ReceiverAnswer'),
)

const webhookTestAnswer = v.pipe(
  v.object({
    deliveryId: v.pipe(v.string(), v.description('Its place in the list of deliveries')),
    at: instantText,
    headers: v.pipe(v.array(sentHeader), v.description('The headers that were sent')),
    payload: v.pipe(v.string(), v.description('The body that was sent and signed, byte by byte')),
    status: v.picklist(['delivered', 'failed']),
    outcome: v.pipe(v.string(), v.description("In the caller's language")),
    milliseconds: v.pipe(amount, v.description('Time until the answer, or until the try was given up')),
    response: v.optional(receiverAnswer),
  }),
  v.title('WebhookTest'),
)

export type WebhookTestAnswer = v.InferOutput<typeof webhookTestAnswer>

export const operation = {
  call: testWebhook,
  summary:
    'Sends a signed test event to a webhook once, at most every ten seconds, and shows the message and the answer.',
  statuses: { 200: 'The message that was sent, and the answer of the receiver if there was one.' },
  answer: webhookTestAnswer,
  problems: [409],
} as const satisfies Operation
