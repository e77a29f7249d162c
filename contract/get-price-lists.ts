import * as v from 'valibot'
import type { Call } from './call.ts'
import { priceListFields, publicationsField, versionFields } from './dated-data.ts'
import { instant } from './fields.ts'
import { instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/price-lists',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'getPriceLists',
} as const satisfies Route

export const getPriceLists = {
  route,
  query: v.strictObject({ at: v.optional(instant) }),
} as const satisfies Call

const versionAnswer = v.pipe(v.object({ ...versionFields, ...priceListFields }), v.title('PriceListVersion'))

const listAnswer = v.pipe(
  v.object({
    at: instantText,
    inForce: v.optional(versionAnswer),
    upcoming: v.array(versionAnswer),
    ...publicationsField,
  }),
  v.title('PriceLists'),
)

export const operation = {
  call: getPriceLists,
  summary: 'Lists the price list of Flex tokens in force at an instant (default: now), and those that come.',
  statuses: { 200: 'The version in force, and later ones by their date.' },
  answer: listAnswer,
} as const satisfies Operation
