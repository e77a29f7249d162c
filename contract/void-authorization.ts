import * as v from 'valibot'
import type { Call } from './call.ts'
import { id } from './fields.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'DELETE',
  path: '/v1/authorizations/{authorizationId}',
  function: 'void-authorization',
  scope: 'aps:meter',
  operationId: 'voidAuthorization',
} as const satisfies Route

export const voidAuthorization = {
  route,
  params: v.strictObject({ authorizationId: id }),
} as const satisfies Call

export const operation = {
  call: voidAuthorization,
  summary: 'Releases everything that an authorization still holds.',
  statuses: { 204: 'The authorization holds nothing.' },
  problems: [404],
} as const satisfies Operation
