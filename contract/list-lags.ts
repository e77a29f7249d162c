import * as v from 'valibot'
import type { Call } from './call.ts'
import { id } from './fields.ts'
import { amount } from './figures.ts'
import { readers } from './get-health.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/health/lags',
  function: 'health',
  scope: 'ops:admin',
  operationId: 'listLags',
} as const satisfies Route

const teamsPerAnswer = v.pipe(
  v.string(),
  v.check((text) => /^([1-9]\d{0,2}|1000)$/.test(text), sayToPeople('examinedTeams')),
  v.metadata({ type: 'integer', minimum: 1, maximum: 1_000 }),
  v.transform(Number),
)

export const listLags = {
  route,
  query: v.strictObject({
    cursor: v.optional(v.pipe(id, v.description('The last team that the previous page examined'))),
    limit: v.optional(teamsPerAnswer, '1000'),
  }),
} as const satisfies Call

const lagAnswer = v.pipe(
  v.object({
    teamId: v.string(),
    reader: v.picklist(readers),
    entries: v.pipe(amount, v.description('Entries that the reader has not read')),
    isHalted: v.pipe(v.boolean(), v.description('True: an interrupted rebuild keeps the usage view still')),
  }),
  v.title('Lag'),
)

const lagsAnswer = v.pipe(
  v.object({ examined: amount, lags: v.array(lagAnswer), cursor: v.optional(v.string()) }),
  v.title('Lags'),
)

export type LagsAnswer = v.InferOutput<typeof lagsAnswer>

export const operation = {
  call: listLags,
  summary:
    'Examines teams in the order of their ids, and lists the readers that are behind or halted. `limit` is the number of teams.',
  statuses: { 200: 'The lags among the examined teams; `cursor` leads to the next teams.' },
  answer: lagsAnswer,
} as const satisfies Operation
