import * as v from 'valibot'
import type { Call } from './call.ts'
import { id, name } from './fields.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'PUT',
  path: '/v1/apps/{appId}',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'registerApp',
} as const satisfies Route

export const registerApp = {
  route,
  params: v.strictObject({ appId: id }),
  body: v.strictObject({ teamId: id, name }),
} as const satisfies Call

const appAnswer = v.pipe(
  v.object({ appId: v.string(), teamId: v.string(), name: v.string(), isInHub: v.boolean() }),
  v.title('App'),
)

export type AppAnswer = v.InferOutput<typeof appAnswer>

export const operation = {
  call: registerApp,
  summary: 'Registers an app outside any hub.',
  statuses: { 200: 'The app as registered.' },
  answer: appAnswer,
  problems: [409],
} as const satisfies Operation
