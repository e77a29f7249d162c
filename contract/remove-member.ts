import type { Call } from './call.ts'
import { memberParams } from './member.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'DELETE',
  path: '/v1/teams/{teamId}/members/{memberId}',
  function: 'hub',
  scope: 'hub:write',
  isOpenToOperators: true,
  operationId: 'removeMember',
} as const satisfies Route

export const removeMember = { route, params: memberParams } as const satisfies Call

export const operation = {
  call: removeMember,
  summary: 'Removes a member. The last admin stays, unless an operator asks for it.',
  statuses: { 204: 'The person is not a member.' },
  problems: [409],
} as const satisfies Operation
