import * as v from 'valibot'
import type { Call } from './call.ts'
import { chargeAnswer } from './charge.ts'
import { id, usedMax, whole } from './fields.ts'
import { amount } from './figures.ts'
import type { Operation } from './operation.ts'
import { refusalAnswer } from './refusal.ts'
import type { Route } from './route.ts'
import { settleBy } from './settle-by.ts'

export const route = {
  method: 'POST',
  path: '/v1/authorizations/{authorizationId}/captures',
  function: 'capture-authorization',
  scope: 'aps:meter',
  operationId: 'captureAuthorization',
} as const satisfies Route

/** The fields of every capture. */
export const reportedUse = {
  used: v.pipe(
    whole(0, usedMax),
    v.description('Base units used since the authorization, all captures together'),
  ),
  final: v.optional(v.boolean(), false),
}

export const captureAuthorization = {
  route,
  params: v.strictObject({ authorizationId: id }),
  body: v.strictObject(reportedUse),
} as const satisfies Call

/** The fields of every capture's answer. */
export const captureFields = {
  authorizationId: v.string(),
  used: amount,
  status: v.picklist(['open', 'closed']),
  charges: v.array(chargeAnswer),
  late: v.optional(v.boolean()),
  overrun: v.optional(v.boolean()),
  /** The refusal that a new authorization of the app and meter would get now. */
  stop: v.optional(refusalAnswer),
  settleBy: v.optional(settleBy),
}

const captureAnswer = v.pipe(v.object(captureFields), v.title('Capture'))

export type CaptureAnswer = v.InferOutput<typeof captureAnswer>

export const operation = {
  call: captureAuthorization,
  summary: 'Reports cumulative use against an authorization; a repeated or older report changes nothing.',
  statuses: { 200: 'The state of the authorization, and the charges of this report.' },
  answer: captureAnswer,
  problems: [404],
  example: {
    request: { used: 700, final: true },
    answer: { authorizationId: 'job-7f3a', used: 700, status: 'closed', charges: [] },
  },
} as const satisfies Operation
