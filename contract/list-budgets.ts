import * as v from 'valibot'
import { budgetAnswer } from './budget.ts'
import type { Call } from './call.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/budgets',
  function: 'hub',
  scope: 'hub:read',
  isAdminOnly: true,
  isOpenToOperators: true,
  operationId: 'listBudgets',
} as const satisfies Route

export const listBudgets = { route, params: teamParams } as const satisfies Call

const budgetsAnswer = v.pipe(v.object({ budgets: v.array(budgetAnswer) }), v.title('Budgets'))

export type BudgetsAnswer = v.InferOutput<typeof budgetsAnswer>

export const operation = {
  call: listBudgets,
  summary: 'Lists the budgets that have neither ended nor been revoked, at most 20, with their use.',
  statuses: { 200: 'The budgets.' },
  answer: budgetsAnswer,
} as const satisfies Operation
