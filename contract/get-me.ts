import * as v from 'valibot'
import type { Call } from './call.ts'
import { instantText } from './figures.ts'
import { memberRole, memberState } from './member.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/me',
  function: 'hub',
  scope: 'hub:read',
  operationId: 'getMe',
  isPersonal: true,
} as const satisfies Route

export const getMe = { route } as const satisfies Call

const membershipAnswer = v.pipe(
  v.object({
    teamId: v.string(),
    /** Absent if the token, and not Tollgate, states the team. */
    name: v.optional(v.string()),
    role: memberRole,
    state: memberState,
    /** Absent if the token, and not Tollgate, states the team. */
    since: v.optional(instantText),
  }),
  v.title('Membership'),
)

const meAnswer = v.pipe(
  v.object({
    subject: v.string(),
    /** Absent if the token, and not Tollgate, states the team. */
    email: v.optional(v.string()),
    /** The team that the page opens first. Absent for a person without a team. */
    firstTeamId: v.optional(v.string()),
    teams: v.array(membershipAnswer),
  }),
  v.title('Me'),
)

export type MeAnswer = v.InferOutput<typeof meAnswer>

export const operation = {
  call: getMe,
  summary: 'Shows the caller, with teams and open invitations, at most 100.',
  statuses: { 200: 'The caller.' },
  answer: meAnswer,
} as const satisfies Operation
