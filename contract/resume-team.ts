import * as v from 'valibot'
import { actPreviewAnswer } from './act-effect.ts'
import type { Call } from './call.ts'
import { reason } from './fields.ts'
import type { Operation } from './operation.ts'
import { previewQuery } from './plan.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'DELETE',
  path: '/v1/teams/{teamId}/suspension',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'resumeTeam',
} as const satisfies Route

export const resumeTeam = {
  route,
  params: teamParams,
  query: v.strictObject({ ...previewQuery.entries, reason: v.optional(reason) }),
} as const satisfies Call

export const operation = {
  call: resumeTeam,
  summary: "Ends a team's suspension. With preview=true it only shows the effect.",
  statuses: { 200: 'A preview.', 204: 'The team is not suspended.' },
  answer: actPreviewAnswer,
  problems: [404],
} as const satisfies Operation
