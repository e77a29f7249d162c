import * as v from 'valibot'
import { holdSecondsDefault } from '../core/commands/authorize.ts'
import type { Call } from './call.ts'
import { fundedBy } from './charge.ts'
import { id, quantityMax, whole } from './fields.ts'
import { amount, instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import { refusalAnswer } from './refusal.ts'
import type { Route } from './route.ts'
import { warningAnswer } from './warning.ts'

export const route = {
  method: 'POST',
  path: '/v1/authorizations',
  function: 'authorize-usage',
  scope: 'aps:meter',
  operationId: 'authorizeUsage',
} as const satisfies Route

export const authorizeUsage = {
  route,
  body: v.strictObject({
    authorizationId: id,
    appId: id,
    meter: id,
    quantity: whole(1, quantityMax),
    holdSeconds: v.optional(whole(1, 86_400), holdSecondsDefault),
  }),
} as const satisfies Call

const allowAnswer = v.pipe(
  v.object({
    authorizationId: v.string(),
    decision: v.literal('allow'),
    expiresAt: instantText,
    fundedBy,
    remaining: v.optional(amount),
    warnings: v.array(warningAnswer),
  }),
  v.title('AllowedAuthorization'),
)

const denyAnswer = v.pipe(
  v.object({
    authorizationId: v.string(),
    decision: v.literal('deny'),
    refusal: refusalAnswer,
  }),
  v.title('DeniedAuthorization'),
)

const authorizationAnswer = v.pipe(v.variant('decision', [allowAnswer, denyAnswer]), v.title('Authorization'))

export type AuthorizationAnswer = v.InferOutput<typeof authorizationAnswer>

export const operation = {
  call: authorizeUsage,
  summary:
    'Decides whether an app may use a meter now, and holds what that may cost. A denial is also a 200.',
  statuses: { 200: 'The decision: allow or deny.' },
  answer: authorizationAnswer,
  problems: [409],
  example: {
    request: {
      authorizationId: 'job-7f3a',
      appId: 'plan-viewer',
      meter: 'automation-autocad',
      quantity: 720,
      holdSeconds: 3600,
    },
    answer: {
      authorizationId: 'job-7f3a',
      decision: 'allow',
      expiresAt: '2026-01-15T10:00:00Z',
      fundedBy: 'flex',
      remaining: 71280,
      warnings: [],
    },
  },
} as const satisfies Operation
