import * as v from 'valibot'
import type { Call } from './call.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/openapi.json',
  function: 'get-openapi',
  scope: null,
  operationId: 'getOpenApi',
} as const satisfies Route

export const getOpenApi = { route } as const satisfies Call

export const operation = {
  call: getOpenApi,
  summary: 'Returns this document.',
  statuses: { 200: 'The OpenAPI document.' },
  answer: v.pipe(v.record(v.string(), v.unknown()), v.title('OpenApiDocument')),
} as const satisfies Operation
