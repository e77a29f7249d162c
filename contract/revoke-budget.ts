import * as v from 'valibot'
import type { Call } from './call.ts'
import { id } from './fields.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'DELETE',
  path: '/v1/teams/{teamId}/budgets/{budgetId}',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'revokeBudget',
} as const satisfies Route

export const revokeBudget = {
  route,
  params: v.strictObject({ teamId: id, budgetId: id }),
} as const satisfies Call

export const operation = {
  call: revokeBudget,
  summary: 'Ends a budget: its key stops working at once. What it has authorized may still be captured.',
  statuses: { 204: 'The budget is over.' },
} as const satisfies Operation
