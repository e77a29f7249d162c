import type { Call } from './call.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'DELETE',
  path: '/v1/teams/{teamId}/suspension',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'resumeTeam',
} as const satisfies Route

export const resumeTeam = { route, params: teamParams } as const satisfies Call

export const operation = {
  call: resumeTeam,
  summary: "Ends a team's suspension.",
  statuses: { 204: 'The team is not suspended.' },
  problems: [404],
} as const satisfies Operation
