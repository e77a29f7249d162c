import * as v from 'valibot'
import type { Call } from './call.ts'
import { deliveryAnswer } from './delivery.ts'
import { id } from './fields.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'POST',
  path: '/v1/teams/{teamId}/notifications/deliveries/{deliveryId}/resend',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'resendDelivery',
} as const satisfies Route

export const resendDelivery = {
  route,
  params: v.strictObject({ teamId: id, deliveryId: id }),
} as const satisfies Call

export const operation = {
  call: resendDelivery,
  summary: 'Repeats a delivery within a minute; success enables its webhook again.',
  statuses: { 202: 'The delivery, which is sent within a minute.' },
  answer: deliveryAnswer,
} as const satisfies Operation
