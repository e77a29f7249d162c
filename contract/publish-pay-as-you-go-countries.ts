import * as v from 'valibot'
import type { Call } from './call.ts'
import { countriesFields, publishedFields, publishingFields } from './dated-data.ts'
import { id, instant } from './fields.ts'
import type { Operation } from './operation.ts'
import { previewQuery } from './plan.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'PUT',
  path: '/v1/pay-as-you-go-countries/{version}',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'publishPayAsYouGoCountries',
} as const satisfies Route

export const publishPayAsYouGoCountries = {
  route,
  params: v.strictObject({ version: id }),
  query: previewQuery,
  body: v.strictObject({ effectiveAt: instant, ...countriesFields, ...publishingFields }),
} as const satisfies Call

const publishedPayAsYouGoCountriesAnswer = v.pipe(
  v.object({ ...publishedFields, ...countriesFields }),
  v.title('PublishedPayAsYouGoCountries'),
)

export const operation = {
  call: publishPayAsYouGoCountries,
  summary:
    'Publishes the list of countries of pay-as-you-go, at least 24 hours before it takes effect. With preview=true it only checks it.',
  statuses: {
    200: 'The version was published before, with the same content; or the preview.',
    201: 'The version is published.',
  },
  answer: publishedPayAsYouGoCountriesAnswer,
  problems: [409],
} as const satisfies Operation
