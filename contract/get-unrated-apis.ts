import * as v from 'valibot'
import type { Call } from './call.ts'
import { publicationsField, unratedApisFields, versionFields } from './dated-data.ts'
import { instant } from './fields.ts'
import { instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/unrated-apis',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'getUnratedApis',
} as const satisfies Route

export const getUnratedApis = {
  route,
  query: v.strictObject({ at: v.optional(instant) }),
} as const satisfies Call

const versionAnswer = v.pipe(
  v.object({ ...versionFields, ...unratedApisFields }),
  v.title('UnratedApisVersion'),
)

const listAnswer = v.pipe(
  v.object({
    at: instantText,
    inForce: v.optional(versionAnswer),
    upcoming: v.array(versionAnswer),
    ...publicationsField,
  }),
  v.title('UnratedApis'),
)

export const operation = {
  call: getUnratedApis,
  summary: 'Lists the list of unrated APIs in force at an instant (default: now), and those that come.',
  statuses: { 200: 'The version in force, and later ones by their date.' },
  answer: listAnswer,
} as const satisfies Operation
