import * as v from 'valibot'
import type { Call } from './call.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import { subscriptionAnswer } from './subscription.ts'
import { paymentMethod, standing, teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}',
  function: 'hub',
  scope: 'hub:read',
  isOpenToOperators: true,
  operationId: 'getTeam',
} as const satisfies Route

export const getTeam = { route, params: teamParams } as const satisfies Call

const teamHubAnswer = v.pipe(v.object({ name: v.string() }), v.title('TeamHub'))
const teamSuspensionAnswer = v.pipe(v.object({ reason: v.string() }), v.title('TeamSuspension'))

const payAsYouGoConditionAnswer = v.pipe(
  v.object({ condition: v.picklist(['country', 'payment-method', 'standing']), met: v.boolean() }),
  v.title('PayAsYouGoCondition'),
)

const payAsYouGoEligibilityAnswer = v.pipe(
  v.object({ eligible: v.boolean(), conditions: v.array(payAsYouGoConditionAnswer) }),
  v.title('PayAsYouGoEligibility'),
)

const teamDetailsAnswer = v.pipe(
  v.object({
    teamId: v.string(),
    name: v.string(),
    country: v.string(),
    paymentMethod,
    standing,
    hub: v.optional(teamHubAnswer),
    suspension: v.optional(teamSuspensionAnswer),
    subscriptions: v.pipe(v.array(subscriptionAnswer), v.description('Products that include use')),
    payAsYouGo: payAsYouGoEligibilityAnswer,
  }),
  v.title('TeamDetails'),
)

export type TeamDetailsAnswer = v.InferOutput<typeof teamDetailsAnswer>

export const operation = {
  call: getTeam,
  summary: 'Shows the team, its suspension, and whether it may pay as it goes.',
  statuses: { 200: 'The team.' },
  answer: teamDetailsAnswer,
} as const satisfies Operation
