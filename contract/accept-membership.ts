import type { Call } from './call.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'PUT',
  path: '/v1/me/memberships/{teamId}',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'acceptMembership',
  isPersonal: true,
} as const satisfies Route

export const acceptMembership = { route, params: teamParams } as const satisfies Call

export const operation = {
  call: acceptMembership,
  summary: 'Accepts the invitation to a team.',
  statuses: { 204: 'The caller is a member.' },
  problems: [404, 409],
} as const satisfies Operation
