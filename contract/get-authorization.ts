import * as v from 'valibot'
import type { Call } from './call.ts'
import { capAnswer } from './cap.ts'
import { closedBecause } from './closed-because.ts'
import { id } from './fields.ts'
import { amount, instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/authorizations/{authorizationId}',
  function: 'capture-authorization',
  scope: 'aps:meter',
  operationId: 'getAuthorization',
} as const satisfies Route

export const getAuthorization = {
  route,
  params: v.strictObject({ authorizationId: id }),
} as const satisfies Call

const authorizationStateAnswer = v.pipe(
  v.object({
    authorizationId: v.string(),
    appId: v.string(),
    meter: v.string(),
    quantity: v.pipe(amount, v.description('Base units that were granted')),
    used: v.pipe(amount, v.description('Base units that captures have reported')),
    held: v.pipe(amount, v.description('Base units that are still held; none once it is over')),
    expiresAt: instantText,
    status: v.picklist(['open', 'closed']),
    closedBecause: v.optional(closedBecause),
    cap: v.optional(capAnswer),
  }),
  v.title('AuthorizationState'),
)

export type AuthorizationStateAnswer = v.InferOutput<typeof authorizationStateAnswer>

export const operation = {
  call: getAuthorization,
  summary: 'Shows what was granted, what is used and held, and whether the authorization is open.',
  statuses: { 200: 'The state of the authorization now.' },
  answer: authorizationStateAnswer,
  problems: [404],
  example: {
    answer: {
      authorizationId: 'job-7f3a',
      appId: 'plan-viewer',
      meter: 'automation-autocad',
      quantity: 720,
      used: 700,
      held: 0,
      expiresAt: '2026-01-15T10:00:00Z',
      status: 'closed',
      closedBecause: 'final',
    },
  },
} as const satisfies Operation
