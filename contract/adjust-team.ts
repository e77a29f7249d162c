import * as v from 'valibot'
import { previewFields } from './act-effect.ts'
import type { Call } from './call.ts'
import { id, reason, tokensMax, usdCentsMax, whole } from './fields.ts'
import { amount, tokens } from './figures.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import { previewQuery } from './plan.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'POST',
  path: '/v1/teams/{teamId}/adjustments',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'adjustTeam',
} as const satisfies Route

/** Gives either a lot of tokens or a credit on the next bill. */
export const adjustTeam = {
  route,
  params: teamParams,
  query: previewQuery,
  body: v.pipe(
    v.strictObject({
      adjustmentId: id,
      tokens: v.optional(whole(1, tokensMax)),
      usdCents: v.optional(whole(1, usdCentsMax)),
      reason,
    }),
    v.check(
      ({ tokens, usdCents }) => (tokens === undefined) !== (usdCents === undefined),
      sayToPeople('tokensOrUsdCents'),
    ),
  ),
} as const satisfies Call

const adjustmentAnswer = v.pipe(
  v.object({
    adjustmentId: v.string(),
    tokens: v.optional(tokens),
    usdCents: v.optional(amount),
    reason: v.string(),
    ...previewFields,
  }),
  v.title('Adjustment'),
)

export type AdjustmentAnswer = v.InferOutput<typeof adjustmentAnswer>

export const operation = {
  call: adjustTeam,
  summary:
    'Gives tokens, or a credit on the next bill, with a reason. With preview=true it only shows the effect.',
  statuses: { 200: 'A preview.', 201: 'The adjustment; a repeated request returns the first one.' },
  answer: adjustmentAnswer,
  problems: [404, 409],
} as const satisfies Operation
