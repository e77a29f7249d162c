import * as v from 'valibot'
import type { Call } from './call.ts'
import { id, usedMax, whole } from './fields.ts'
import { amount } from './figures.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'PUT',
  path: '/v1/teams/{teamId}/apps/{appId}/limits',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'limitApp',
} as const satisfies Route

export const limitApp = {
  route,
  params: v.strictObject({ teamId: id, appId: id }),
  body: v.strictObject({ meter: id, perPeriod: v.nullable(whole(0, usedMax)) }),
} as const satisfies Call

const limitAnswer = v.pipe(
  v.object({ appId: v.string(), meter: v.string(), perPeriod: v.nullable(amount) }),
  v.title('AppLimit'),
)

export type LimitAnswer = v.InferOutput<typeof limitAnswer>

export const operation = {
  call: limitApp,
  summary: 'Limits the monthly use of a meter by one app; null removes the limit.',
  statuses: { 200: 'The limit.' },
  answer: limitAnswer,
  problems: [409],
  example: { request: { meter: 'automation-autocad', perPeriod: 7200 } },
} as const satisfies Operation
