import * as v from 'valibot'
import type { Call } from './call.ts'
import { deliveryAnswer } from './delivery.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/notifications/deliveries',
  function: 'hub',
  scope: 'hub:read',
  isOpenToOperators: true,
  operationId: 'listDeliveries',
} as const satisfies Route

/** The id of the last delivery of the previous page. */
const cursor = v.pipe(
  v.string(),
  v.regex(/^[0-9]{9}\.[0-9]{3}\.[A-Za-z0-9._-]{0,50}$/, sayToPeople('cursor')),
)

export const listDeliveries = {
  route,
  params: teamParams,
  query: v.strictObject({ cursor: v.optional(cursor) }),
} as const satisfies Call

const deliveriesAnswer = v.pipe(
  v.object({ deliveries: v.array(deliveryAnswer), cursor: v.optional(cursor) }),
  v.title('Deliveries'),
)

export type DeliveriesAnswer = v.InferOutput<typeof deliveriesAnswer>

export const operation = {
  call: listDeliveries,
  summary: 'Lists the messages to the team, newest first, with every attempt to deliver them.',
  statuses: { 200: 'A page of deliveries; `cursor` leads to the next one.' },
  answer: deliveriesAnswer,
} as const satisfies Operation
