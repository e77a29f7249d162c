import * as v from 'valibot'
import { subscriptionsMax } from '../core/account/bounds.ts'
import { previewFields } from './act-effect.ts'
import type { Call } from './call.ts'
import { calendarDay, id, reason, whole } from './fields.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import { previewQuery } from './plan.ts'
import type { Route } from './route.ts'
import { subscriptionAnswer } from './subscription.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'PUT',
  path: '/v1/teams/{teamId}/subscriptions',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'setSubscriptions',
} as const satisfies Route

const countMax = 10_000

const subscriptionRow = v.pipe(
  v.strictObject({
    product: id,
    count: whole(1, countMax),
    from: v.pipe(calendarDay, v.description('The first day (UTC); the month counts in full from it on')),
    until: v.optional(
      v.pipe(calendarDay, v.description('The last day (UTC); it counts until the end of its month')),
    ),
  }),
  v.check(({ from, until }) => until === undefined || until >= from, sayToPeople('notBeforeFrom')),
  v.title('SubscriptionRow'),
)

export const setSubscriptions = {
  route,
  params: teamParams,
  query: previewQuery,
  body: v.strictObject({
    subscriptions: v.pipe(v.array(subscriptionRow), v.maxLength(subscriptionsMax)),
    reason: v.optional(reason),
  }),
} as const satisfies Call

/** The rows that count from now on: also those that the request lacks, until the months' ends on which something counts. */
const subscriptionsAnswer = v.pipe(
  v.object({ teamId: v.string(), subscriptions: v.array(subscriptionAnswer), ...previewFields }),
  v.title('Subscriptions'),
)

export type SubscriptionsAnswer = v.InferOutput<typeof subscriptionsAnswer>

export const operation = {
  call: setSubscriptions,
  summary:
    "Sets the team's product subscriptions. What is taken away still counts until the end of the month, and of the next one where an open authorization crosses it. With preview=true it only shows the effect.",
  statuses: { 200: 'The subscriptions that count from now on, or their preview.' },
  answer: subscriptionsAnswer,
  problems: [404, 409, 412],
} as const satisfies Operation
