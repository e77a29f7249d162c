import * as v from 'valibot'
import type { Call } from './call.ts'
import { id } from './fields.ts'
import { includedAmountsFields } from './included-amounts.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/included-amounts/{version}',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'getIncludedAmounts',
} as const satisfies Route

export const getIncludedAmounts = { route, params: v.strictObject({ version: id }) } as const satisfies Call

const includedAmountsAnswer = v.pipe(v.object(includedAmountsFields), v.title('IncludedAmounts'))

export type IncludedAmountsAnswer = v.InferOutput<typeof includedAmountsAnswer>

export const operation = {
  call: getIncludedAmounts,
  summary: 'Shows a published version of included amounts.',
  statuses: { 200: 'The version.' },
  answer: includedAmountsAnswer,
  problems: [404],
} as const satisfies Operation
