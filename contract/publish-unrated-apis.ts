import * as v from 'valibot'
import type { Call } from './call.ts'
import { publishedFields, publishingFields, unratedApisFields } from './dated-data.ts'
import { id, instant } from './fields.ts'
import type { Operation } from './operation.ts'
import { previewQuery } from './plan.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'PUT',
  path: '/v1/unrated-apis/{version}',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'publishUnratedApis',
} as const satisfies Route

export const publishUnratedApis = {
  route,
  params: v.strictObject({ version: id }),
  query: previewQuery,
  body: v.strictObject({ effectiveAt: instant, ...unratedApisFields, ...publishingFields }),
} as const satisfies Call

const publishedUnratedApisAnswer = v.pipe(
  v.object({ ...publishedFields, ...unratedApisFields }),
  v.title('PublishedUnratedApis'),
)

export const operation = {
  call: publishUnratedApis,
  summary:
    'Publishes the list of APIs that are not rated, at least 24 hours before it takes effect. With preview=true it only checks it.',
  statuses: {
    200: 'The version was published before, with the same content; or the preview.',
    201: 'The version is published.',
  },
  answer: publishedUnratedApisAnswer,
  problems: [409],
} as const satisfies Operation
