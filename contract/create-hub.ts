import * as v from 'valibot'
import type { Call } from './call.ts'
import { name } from './fields.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'PUT',
  path: '/v1/teams/{teamId}/hub',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'createHub',
} as const satisfies Route

export const createHub = {
  route,
  params: teamParams,
  body: v.strictObject({ name }),
} as const satisfies Call

const hubAnswer = v.pipe(v.object({ teamId: v.string(), name: v.string() }), v.title('Hub'))

export type HubAnswer = v.InferOutput<typeof hubAnswer>

export const operation = {
  call: createHub,
  summary: "Creates, or renames, the team's developer hub.",
  statuses: { 200: 'The hub.' },
  answer: hubAnswer,
  example: { request: { name: 'Aoi Design hub' } },
} as const satisfies Operation
