import * as v from 'valibot'
import type { Call } from './call.ts'
import { id } from './fields.ts'
import { instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'POST',
  path: '/v1/teams/{teamId}/notifications/webhooks/{webhookId}/secret',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'rotateWebhookSecret',
} as const satisfies Route

export const rotateWebhookSecret = {
  route,
  params: v.strictObject({ teamId: id, webhookId: id }),
} as const satisfies Call

/** The previous secret stays valid for one more day. */
const webhookSecretAnswer = v.pipe(
  v.object({ webhookId: v.string(), secret: v.string(), previousUntil: instantText }),
  v.title('WebhookSecret'),
)

export type WebhookSecretAnswer = v.InferOutput<typeof webhookSecretAnswer>

export const operation = {
  call: rotateWebhookSecret,
  summary: "Replaces a webhook's secret; messages are also signed with each replaced one for a day.",
  statuses: { 200: 'The new secret.' },
  answer: webhookSecretAnswer,
  problems: [409],
} as const satisfies Operation
