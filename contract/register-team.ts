import * as v from 'valibot'
import { previewFields } from './act-effect.ts'
import type { Call } from './call.ts'
import { email, id, name, reason } from './fields.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import { previewQuery } from './plan.ts'
import type { Route } from './route.ts'
import { paymentMethod, standing, teamParams } from './team.ts'

export const route = {
  method: 'PUT',
  path: '/v1/teams/{teamId}',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'registerTeam',
} as const satisfies Route

const firstAdmin = v.pipe(v.strictObject({ memberId: id, email }), v.title('FirstAdmin'))

export const registerTeam = {
  route,
  params: teamParams,
  query: previewQuery,
  body: v.strictObject({
    name,
    country: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, sayToPeople('country'))),
    paymentMethod,
    standing,
    /** Becomes an admin of the team, because somebody must invite the others. */
    admin: v.optional(firstAdmin),
    reason: v.optional(reason),
  }),
} as const satisfies Call

const registeredAdminAnswer = v.pipe(
  v.object({ memberId: v.string(), email: v.string() }),
  v.title('RegisteredAdmin'),
)

const teamAnswer = v.pipe(
  v.object({
    teamId: v.string(),
    name: v.string(),
    country: v.string(),
    paymentMethod,
    standing,
    admin: v.optional(registeredAdminAnswer),
    ...previewFields,
  }),
  v.title('Team'),
)

export type TeamAnswer = v.InferOutput<typeof teamAnswer>

export const operation = {
  call: registerTeam,
  summary:
    'Registers a team, or changes the facts that pay-as-you-go depends on. With preview=true it only shows the effect.',
  statuses: { 200: 'The team as registered, or its preview.' },
  answer: teamAnswer,
  problems: [409, 412],
  example: {
    request: { name: 'Aoi Design', country: 'JP', paymentMethod: 'credit-card', standing: 'good' },
  },
} as const satisfies Operation
