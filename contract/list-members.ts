import * as v from 'valibot'
import type { Call } from './call.ts'
import { memberAnswer } from './member.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/members',
  function: 'hub',
  scope: 'hub:read',
  isOpenToOperators: true,
  operationId: 'listMembers',
} as const satisfies Route

export const listMembers = { route, params: teamParams } as const satisfies Call

const membersAnswer = v.pipe(v.object({ members: v.array(memberAnswer) }), v.title('Members'))

export type MembersAnswer = v.InferOutput<typeof membersAnswer>

export const operation = {
  call: listMembers,
  summary: 'Lists the people of the team, at most 200.',
  statuses: { 200: 'The members.' },
  answer: membersAnswer,
} as const satisfies Operation
