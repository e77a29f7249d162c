import * as v from 'valibot'
import { previewFields } from './act-effect.ts'
import type { Call } from './call.ts'
import { creditNoteAnswer } from './credit-note.ts'
import { id, reason, say } from './fields.ts'
import { amount } from './figures.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import { previewQuery } from './plan.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'
import { eventSource } from './usage-event.ts'

export const route = {
  method: 'POST',
  path: '/v1/teams/{teamId}/reversals',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'reverseUsage',
} as const satisfies Route

/** Names either an authorization, with all its captures, or a usage event. */
export const reverseUsage = {
  route,
  params: teamParams,
  query: previewQuery,
  body: v.pipe(
    v.strictObject({
      reversalId: id,
      authorizationId: v.optional(id),
      source: v.optional(eventSource),
      id: v.optional(id),
      reason,
    }),
    v.forward(
      v.check((body) => body.authorizationId !== undefined || body.source !== undefined, say('required')),
      ['source'],
    ),
    v.forward(
      v.check((body) => body.authorizationId !== undefined || body.id !== undefined, say('required')),
      ['id'],
    ),
    v.check(
      (body) => body.authorizationId === undefined || (body.source ?? body.id) === undefined,
      sayToPeople('authorizationOrEvent'),
    ),
  ),
} as const satisfies Call

const reversalAnswer = v.pipe(
  v.object({
    reversalId: v.string(),
    appId: v.string(),
    meter: v.string(),
    quantity: v.pipe(amount, v.description('Base units taken back')),
    tokens: v.pipe(v.number(), v.description('Tokens that went back to their lots')),
    usdCents: v.pipe(amount, v.description('US cents that left the bills of open months')),
    creditUsdCents: v.pipe(amount, v.description('US cents that became credit')),
    creditNotes: v.array(creditNoteAnswer),
    status: v.picklist(['reversed', 'preview']),
    effect: previewFields.effect,
  }),
  v.title('Reversal'),
)

export type ReversalAnswer = v.InferOutput<typeof reversalAnswer>

export const operation = {
  call: reverseUsage,
  summary:
    'Takes back all use of an authorization, or a usage event, with a reason. With preview=true it only shows the consequences.',
  statuses: { 200: 'A preview.', 201: 'The reversal; a repeated request returns the first one.' },
  answer: reversalAnswer,
  problems: [404, 409],
} as const satisfies Operation
