import * as v from 'valibot'
import type { Call } from './call.ts'
import { captureAnswer } from './capture-authorization-answer.ts'
import { id, usedMax, whole } from './fields.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

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

export const operation = {
  call: captureAuthorization,
  summary: 'Reports cumulative use against an authorization; a repeated or older report changes nothing.',
  statuses: { 200: 'The state of the authorization, and the charges of this report.' },
  answer: captureAnswer,
  problems: [404],
  example: {
    request: { used: 700, final: true },
    answer: { authorizationId: 'job-7f3a', used: 700, status: 'closed', charges: [], teamId: 'acme' },
  },
} as const satisfies Operation
