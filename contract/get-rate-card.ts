import * as v from 'valibot'
import type { Call } from './call.ts'
import { publicationsField } from './dated-data.ts'
import { instant } from './fields.ts'
import { instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import { rateRow } from './rates.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/rate-cards',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'getRateCard',
} as const satisfies Route

export const getRateCard = {
  route,
  query: v.strictObject({ at: v.optional(instant) }),
} as const satisfies Call

const upcomingCardAnswer = v.pipe(
  v.object({ version: v.string(), effectiveAt: instantText, meters: v.array(rateRow) }),
  v.title('UpcomingRateCard'),
)

const rateCardAnswer = v.pipe(
  v.object({
    at: instantText,
    meters: v.array(rateRow),
    upcoming: v.array(upcomingCardAnswer),
    ...publicationsField,
  }),
  v.title('RateCard'),
)

export type RateCardAnswer = v.InferOutput<typeof rateCardAnswer>

export const operation = {
  call: getRateCard,
  summary: 'Lists every rate in force at an instant (default: now), and the cards that come.',
  statuses: { 200: 'The rows in force.' },
  answer: rateCardAnswer,
} as const satisfies Operation
