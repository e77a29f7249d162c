import type { Call } from './call.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'DELETE',
  path: '/v1/me/memberships/{teamId}',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'leaveTeam',
  isPersonal: true,
} as const satisfies Route

export const leaveTeam = { route, params: teamParams } as const satisfies Call

export const operation = {
  call: leaveTeam,
  summary: 'Leaves a team, or declines its invitation; the last admin stays.',
  statuses: { 204: 'The caller is not a member.' },
  problems: [404, 409],
} as const satisfies Operation
