import * as v from 'valibot'
import type { Call } from './call.ts'
import { publishedFields, publishingFields } from './dated-data.ts'
import { id, instant } from './fields.ts'
import { includedFields } from './included-amounts.ts'
import type { Operation } from './operation.ts'
import { previewQuery } from './plan.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'PUT',
  path: '/v1/included-amounts/{version}',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'publishIncludedAmounts',
} as const satisfies Route

export const publishIncludedAmounts = {
  route,
  params: v.strictObject({ version: id }),
  query: previewQuery,
  body: v.strictObject({ effectiveAt: instant, ...includedFields, ...publishingFields }),
} as const satisfies Call

const publishedIncludedAmountsAnswer = v.pipe(
  v.object({ ...publishedFields, ...includedFields }),
  v.title('PublishedIncludedAmounts'),
)

export const operation = {
  call: publishIncludedAmounts,
  summary:
    'Publishes what subscriptions to products include in each month, at least 24 hours before it takes effect. With preview=true it only checks it.',
  statuses: {
    200: 'The version was published before, with the same rows; or the preview.',
    201: 'The version is published.',
  },
  answer: publishedIncludedAmountsAnswer,
  problems: [409],
} as const satisfies Operation
