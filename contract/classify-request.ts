import * as v from 'valibot'
import type { Call } from './call.ts'
import { say } from './fields.ts'
import { amount } from './figures.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'POST',
  path: '/v1/classifications',
  function: 'classify-request',
  scope: 'aps:meter',
  operationId: 'classifyRequest',
} as const satisfies Route

const headersMax = 100

const headers = v.pipe(
  v.record(v.string(), v.string()),
  v.maxEntries(headersMax),
  v.description('Headers of the request. None changes the meter; leave out the token'),
)

export const classifyRequest = {
  route,
  body: v.strictObject({
    method: v.pipe(v.string(), v.regex(/^[A-Za-z]{1,16}$/, sayToPeople('method'))),
    path: v.pipe(
      v.string(),
      v.startsWith('/', sayToPeople('rooted')),
      v.description('The path of the request, with or without its query'),
    ),
    headers: v.optional(headers),
    body: v.optional(
      v.pipe(
        v.union([v.string(), v.record(v.string(), v.unknown())], say('object')),
        v.description('The body of the request, as JSON or as its text; needed for jobs alone'),
      ),
    ),
  }),
} as const satisfies Call

const classificationAnswer = v.pipe(
  v.object({
    meter: v.string(),
    quantity: v.pipe(amount, v.description('Base units of the meter')),
  }),
  v.title('Classification'),
)

export const operation = {
  call: classifyRequest,
  summary:
    'Tells on which meter a request to an APS API counts. Where the request does not tell it, the answer is 422 `CANNOT_CLASSIFY` and never a guess. Nothing is read or stored.',
  statuses: { 200: 'The meter, and its base units.' },
  answer: classificationAnswer,
  problems: [422],
  example: {
    request: {
      method: 'POST',
      path: '/modelderivative/v2/designdata/job',
      body: {
        input: { urn: 'dXJuOmFkc2sub2JqZWN0czpvcy5vYmplY3Q6cGxhbnMvdG93ZXIucnZ0' },
        output: { formats: [{ type: 'svf2', views: ['3d'] }] },
      },
    },
    answer: { meter: 'model-derivative-complex-job', quantity: 1 },
  },
} as const satisfies Operation
