import * as v from 'valibot'
import type { Call } from './call.ts'
import { publicationsField, versionFields } from './dated-data.ts'
import { instant } from './fields.ts'
import { instantText } from './figures.ts'
import { includedFields } from './included-amounts.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/included-amounts',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'getIncludedAmounts',
} as const satisfies Route

export const getIncludedAmounts = {
  route,
  query: v.strictObject({ at: v.optional(instant) }),
} as const satisfies Call

const versionAnswer = v.pipe(
  v.object({ ...versionFields, ...includedFields }),
  v.title('IncludedAmountsVersion'),
)

const listAnswer = v.pipe(
  v.object({
    at: instantText,
    inForce: v.optional(versionAnswer),
    upcoming: v.array(versionAnswer),
    ...publicationsField,
  }),
  v.title('IncludedAmounts'),
)

export const operation = {
  call: getIncludedAmounts,
  summary:
    'Lists what subscriptions to products include in each month in force at an instant (default: now), and those that come.',
  statuses: { 200: 'The version in force, and later ones by their date.' },
  answer: listAnswer,
} as const satisfies Operation
