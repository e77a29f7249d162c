import * as v from 'valibot'
import type { Call } from './call.ts'
import { email, id, instant } from './fields.ts'
import { memberAnswer, memberParams, memberRole, memberState } from './member.ts'
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
  body: v.strictObject({
    email,
    role: memberRole,
    // As the list of members has them, so that a member can be sent back: the id of the path, and two that are ignored.
    memberId: v.optional(id),
    since: v.optional(instant),
    state: v.optional(memberState),
  }),
} as const satisfies Call

export const operation = {
  call: putMember,
  summary: "Invites a person, or changes a member's address or role. Another address is a new invitation.",
  statuses: { 200: 'The member.' },
  answer: memberAnswer,
  problems: [409, 412],
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
