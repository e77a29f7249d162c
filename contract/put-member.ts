import * as v from 'valibot'
import type { Call } from './call.ts'
import { memberAnswer, memberEmail, memberParams, memberRole } from './member.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'PUT',
  path: '/v1/teams/{teamId}/members/{memberId}',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'putMember',
} as const satisfies Route

export const putMember = {
  route,
  params: memberParams,
  body: v.strictObject({ email: memberEmail, role: memberRole }),
} as const satisfies Call

export const operation = {
  call: putMember,
  summary: "Invites a person, or changes a member's address or role. Another address is a new invitation.",
  statuses: { 200: 'The member.' },
  answer: memberAnswer,
  problems: [409],
  example: {
    request: { email: 'sora@example.com', role: 'developer' },
    answer: {
      memberId: 'sora',
      email: 'sora@example.com',
      role: 'developer',
      state: 'invited',
      since: '2026-01-15T09:00:00Z',
    },
  },
} as const satisfies Operation
