import * as v from 'valibot'
import type { Call } from './call.ts'
import { period } from './fields.ts'
import { amount, tokens } from './figures.ts'
import type { Operation } from './operation.ts'
import { cardRows } from './publish-rate-card.ts'
import { rateRow } from './rates.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'POST',
  path: '/v1/teams/{teamId}/rate-card-previews',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'previewRateCard',
} as const satisfies Route

export const previewRateCard = {
  route,
  params: teamParams,
  body: v.strictObject({ month: period, meters: cardRows }),
} as const satisfies Call

const monthPriceAnswer = v.pipe(
  v.object({
    units: v.pipe(amount, v.description('Completed charged units of a paid plan')),
    tokens,
    usdCents: v.pipe(amount, v.description('US cents with pay-as-you-go')),
    refused: v.pipe(amount, v.description('Base units beyond the free amount of a free plan')),
  }),
  v.title('MonthPrice'),
)

const changeAnswer = v.pipe(
  v.object({ meter: v.string(), quantity: amount, before: monthPriceAnswer, after: monthPriceAnswer }),
  v.title('CardChange'),
)

const previewAnswer = v.pipe(
  v.object({ month: v.string(), changes: v.array(changeAnswer) }),
  v.title('RateCardPreview'),
)

export type RateCardPreviewAnswer = v.InferOutput<typeof previewAnswer>

export const operation = {
  call: previewRateCard,
  summary: "Prices a team's past month under rows of a rate card that is not published, and writes nothing.",
  body: v.strictObject({
    month: v.string(),
    meters: v.pipe(v.array(rateRow), v.minLength(1), v.maxLength(100)),
  }),
  statuses: { 200: 'The meters whose price changes.' },
  answer: previewAnswer,
  problems: [404],
} as const satisfies Operation
