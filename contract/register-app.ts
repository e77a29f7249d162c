import * as v from 'valibot'
import { previewFields } from './act-effect.ts'
import type { Call } from './call.ts'
import { id, name, reason } from './fields.ts'
import type { Operation } from './operation.ts'
import { previewQuery } from './plan.ts'
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
  query: previewQuery,
  body: v.strictObject({ teamId: id, name, reason: v.optional(reason) }),
} as const satisfies Call

const appAnswer = v.pipe(
  v.object({
    appId: v.string(),
    teamId: v.string(),
    name: v.string(),
    isInHub: v.boolean(),
    ...previewFields,
  }),
  v.title('App'),
)

export type AppAnswer = v.InferOutput<typeof appAnswer>

export const operation = {
  call: registerApp,
  summary:
    'Registers an app outside any hub, or changes its name. With preview=true it only shows the effect.',
  statuses: { 200: 'The app as registered, or its preview.' },
  answer: appAnswer,
  problems: [409],
} as const satisfies Operation
