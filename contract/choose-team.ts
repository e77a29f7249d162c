import * as v from 'valibot'
import type { Call } from './call.ts'
import { id } from './fields.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'PUT',
  path: '/v1/me/team',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'chooseTeam',
  isPersonal: true,
} as const satisfies Route

export const chooseTeam = { route, body: v.strictObject({ teamId: id }) } as const satisfies Call

export const operation = {
  call: chooseTeam,
  summary: 'Chooses the team that the page opens first.',
  statuses: { 204: 'The page opens this team first.' },
  problems: [404, 409],
  example: { request: { teamId: 'acme' } },
} as const satisfies Operation
