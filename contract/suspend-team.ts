import * as v from 'valibot'
import { previewFields } from './act-effect.ts'
import type { Call } from './call.ts'
import { reason } from './fields.ts'
import type { Operation } from './operation.ts'
import { previewQuery } from './plan.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'PUT',
  path: '/v1/teams/{teamId}/suspension',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'suspendTeam',
} as const satisfies Route

export const suspendTeam = {
  route,
  params: teamParams,
  query: previewQuery,
  body: v.strictObject({ reason }),
} as const satisfies Call

const suspensionAnswer = v.pipe(
  v.object({ teamId: v.string(), reason: v.string(), ...previewFields }),
  v.title('Suspension'),
)

export type SuspensionAnswer = v.InferOutput<typeof suspensionAnswer>

export const operation = {
  call: suspendTeam,
  summary: 'Suspends a team, with a reason for the team to read. With preview=true it only shows the effect.',
  statuses: { 200: 'The suspension, or its preview.' },
  answer: suspensionAnswer,
  problems: [404],
} as const satisfies Operation
