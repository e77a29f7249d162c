import * as v from 'valibot'
import { budgetFields, budgetSpan } from './budget.ts'
import type { Call } from './call.ts'
import { id, instant, name, tokenAmount, usdCentsMax, whole } from './fields.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'POST',
  path: '/v1/teams/{teamId}/budgets',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'makeBudget',
} as const satisfies Route

/** The handler checks the app, and that the end is ahead and at most 366 days away. */
export const makeBudget = {
  route,
  params: teamParams,
  body: v.pipe(
    v.strictObject({
      budgetId: id,
      name,
      appId: id,
      every: budgetSpan,
      tokens: v.optional(tokenAmount),
      usdCents: v.optional(whole(0, usdCentsMax)),
      endsAt: instant,
    }),
    v.check(
      ({ tokens, usdCents }) => (tokens === undefined) !== (usdCents === undefined),
      sayToPeople('tokensOrUsdCents'),
    ),
  ),
} as const satisfies Call

const madeAnswer = v.pipe(
  v.object({
    ...budgetFields,
    key: v.optional(
      v.pipe(
        v.string(),
        v.description('The key of the budget. Only the first answer has it: it is not stored'),
      ),
    ),
  }),
  v.title('MadeBudget'),
)

export type MadeBudgetAnswer = v.InferOutput<typeof madeAnswer>

export const operation = {
  call: makeBudget,
  summary:
    'Makes a budget for one app, with a key for an agent. The authorizations of the key never cost more than the amount in a day or month.',
  statuses: { 201: 'The budget and its key. A repeated request returns the budget without the key.' },
  answer: madeAnswer,
  problems: [409],
  example: {
    request: {
      budgetId: 'night-agent',
      name: 'Night agent',
      appId: 'plan-viewer',
      every: 'day',
      tokens: 5,
      endsAt: '2026-03-01T00:00:00Z',
    },
    answer: {
      budgetId: 'night-agent',
      name: 'Night agent',
      appId: 'plan-viewer',
      every: 'day',
      tokens: 5,
      used: 0,
      held: 0,
      endsAt: '2026-03-01T00:00:00Z',
      key: 'tgk_2vE0mYw1nKc9bQm3kq3o0aVwq1yq0pXnC0y3mZtYb5A',
    },
  },
} as const satisfies Operation
