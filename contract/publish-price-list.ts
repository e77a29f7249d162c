import * as v from 'valibot'
import type { Call } from './call.ts'
import { priceListFields, publishedFields, publishingFields } from './dated-data.ts'
import { id, instant } from './fields.ts'
import type { Operation } from './operation.ts'
import { previewQuery } from './plan.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'PUT',
  path: '/v1/price-lists/{version}',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'publishPriceList',
} as const satisfies Route

export const publishPriceList = {
  route,
  params: v.strictObject({ version: id }),
  query: previewQuery,
  body: v.strictObject({ effectiveAt: instant, ...priceListFields, ...publishingFields }),
} as const satisfies Call

const publishedPriceListAnswer = v.pipe(
  v.object({ ...publishedFields, ...priceListFields }),
  v.title('PublishedPriceList'),
)

export const operation = {
  call: publishPriceList,
  summary:
    'Publishes a price list of Flex tokens with its smallest purchase, at least 24 hours before it takes effect. With preview=true it only checks it.',
  statuses: {
    200: 'The version was published before, with the same content; or the preview.',
    201: 'The version is published.',
  },
  answer: publishedPriceListAnswer,
  problems: [409],
} as const satisfies Operation
