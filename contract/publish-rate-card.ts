import * as v from 'valibot'
import type { Call } from './call.ts'
import { publishingFields } from './dated-data.ts'
import { id, instant, meterName } from './fields.ts'
import { instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import { previewQuery } from './plan.ts'
import { rateFromJson, rateRow } from './rates.ts'
import type { Route } from './route.ts'
import { warningAnswer } from './warning.ts'

export const route = {
  method: 'PUT',
  path: '/v1/rate-cards/{version}',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'publishRateCard',
} as const satisfies Route

/** A row that only ends its meter, or a whole row. */
const endedRow = v.pipe(v.strictObject({ meter: meterName, ended: v.literal(true) }), v.title('EndedMeter'))
const rate = v.pipe(rateRow, v.transform(rateFromJson))
const isEnding = (sent: unknown) =>
  typeof sent === 'object' && sent !== null && 'ended' in sent && sent.ended === true && !('api' in sent)

/** Rows of a card, each meter once. */
export const cardRows = v.pipe(
  v.array(v.lazy((sent) => (isEnding(sent) ? endedRow : rate))),
  v.minLength(1),
  v.maxLength(100),
  v.check((rows) => new Set(rows.map((row) => row.meter)).size === rows.length, sayToPeople('uniqueMeters')),
)

export const publishRateCard = {
  route,
  params: v.strictObject({ version: id }),
  query: previewQuery,
  body: v.strictObject({ effectiveAt: instant, meters: cardRows, ...publishingFields }),
} as const satisfies Call

const publishedRateCardAnswer = v.pipe(
  v.object({
    version: v.string(),
    effectiveAt: instantText,
    meters: v.array(rateRow),
    ends: v.pipe(
      v.array(v.string()),
      v.description('Names that end when the card takes effect: of unrated APIs, and of meters'),
    ),
    warnings: v.array(warningAnswer),
  }),
  v.title('PublishedRateCard'),
)

export type PublishedRateCardAnswer = v.InferOutput<typeof publishedRateCardAnswer>

export const operation = {
  call: publishRateCard,
  summary:
    'Publishes a rate card, at least 24 hours before it takes effect. With preview=true it only checks it.',
  body: v.strictObject({
    effectiveAt: instant,
    meters: v.pipe(v.array(v.union([rateRow, endedRow])), v.minLength(1), v.maxLength(100)),
    ...publishingFields,
  }),
  statuses: {
    200: 'The card was published before, with the same rows; or the preview.',
    201: 'The card is published.',
  },
  answer: publishedRateCardAnswer,
  problems: [409],
} as const satisfies Operation
