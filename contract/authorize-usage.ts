import * as v from 'valibot'
import { holdSecondsDefault } from '../core/commands/authorize.ts'
import { authorizationAnswer } from './authorize-usage-answer.ts'
import type { Call } from './call.ts'
import { id, quantityMax, say, whole } from './fields.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'POST',
  path: '/v1/authorizations',
  function: 'authorize-usage',
  scope: 'aps:meter',
  operationId: 'authorizeUsage',
} as const satisfies Route

/** The fields of every request for an authorization. */
export const askedAuthorization = {
  authorizationId: id,
  quantity: whole(1, quantityMax),
  quantityMin: v.optional(
    v.pipe(
      whole(1, quantityMax),
      v.description('Grants less than `quantity` where not all of it can be granted, but at least this much'),
    ),
  ),
  holdSeconds: v.optional(whole(1, 86_400), holdSecondsDefault),
  budgetId: v.optional(v.pipe(id, v.description('The budget that the authorization draws on'))),
  quoteId: v.optional(v.pipe(id, v.description('The quote that caps what the authorization may be charged'))),
}

/** True unless `quantityMin` is more than `quantity`. */
export function isWithinQuantity(asked: {
  readonly quantity: number
  readonly quantityMin?: number
}): boolean {
  return asked.quantityMin === undefined || asked.quantityMin <= asked.quantity
}

export const authorizeUsage = {
  route,
  body: v.pipe(
    v.strictObject({ appId: id, meter: id, ...askedAuthorization }),
    v.forward(
      v.check((asked) => isWithinQuantity(asked), say('withinQuantity')),
      ['quantityMin'],
    ),
  ),
} as const satisfies Call

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
      quantity: 720,
      expiresAt: '2026-01-15T10:00:00Z',
      fundedBy: 'flex',
      remaining: 71280,
      settleBy: '2026-02-01T00:00:00Z',
      reportAfter: 2,
      teamId: 'acme',
      warnings: [],
    },
  },
} as const satisfies Operation
