import * as v from 'valibot'
import type { Call } from './call.ts'
import { capAnswer } from './cap.ts'
import { fundedBy } from './charge.ts'
import { id, quantityMax, whole } from './fields.ts'
import { amount, instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import { refusalAnswer } from './refusal.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'POST',
  path: '/v1/quotes',
  function: 'hub',
  scope: 'hub:read',
  operationId: 'quoteUse',
  isPersonal: true,
  isOpenToServices: true,
} as const satisfies Route

/** The longest time in which authorizations may be made under a quote, and the usual one. */
const validSecondsMax = 86_400
const validSecondsDefault = 3_600

/** The handler checks that the app is of the caller's team, unless a service asks. */
export const quoteUse = {
  route,
  body: v.strictObject({
    quoteId: id,
    appId: id,
    meter: id,
    quantity: whole(1, quantityMax),
    validSeconds: v.optional(whole(1, validSecondsMax), validSecondsDefault),
  }),
} as const satisfies Call

/** Fields of a quote; absent where no quote is made, because the app is unknown. */
const quoteFields = {
  quoteId: v.string(),
  appId: v.string(),
  meter: v.string(),
  teamId: v.optional(v.string()),
  validUntil: v.optional(
    v.pipe(instantText, v.description('Authorizations may be made under the quote until then')),
  ),
  cap: v.optional(capAnswer),
}

const allowed = v.pipe(
  v.object({
    ...quoteFields,
    decision: v.literal('allow'),
    fundedBy,
    remaining: v.optional(amount),
  }),
  v.title('AllowedQuote'),
)

const denied = v.pipe(
  v.object({ ...quoteFields, decision: v.literal('deny'), refusal: refusalAnswer }),
  v.title('DeniedQuote'),
)

const quoteAnswer = v.pipe(v.variant('decision', [allowed, denied]), v.title('Quote'))

export type QuoteAnswer = v.InferOutput<typeof quoteAnswer>

export const operation = {
  call: quoteUse,
  summary:
    'Quotes the most that an authorization of this use can cost. An authorization with the quoteId is never charged more. `decision` is the one that it would get now, and binds nobody.',
  statuses: { 200: 'The quote, and the decision about its use now.' },
  answer: quoteAnswer,
  problems: [409],
  example: {
    request: {
      quoteId: 'quote-7f3a',
      appId: 'plan-viewer',
      meter: 'automation-autocad',
      quantity: 1_500,
      validSeconds: 3_600,
    },
    answer: {
      quoteId: 'quote-7f3a',
      teamId: 'acme',
      appId: 'plan-viewer',
      meter: 'automation-autocad',
      validUntil: '2026-01-15T10:00:00Z',
      cap: { quantity: 1_500, tokens: 3, usdCents: 900 },
      decision: 'allow',
      fundedBy: 'flex',
      remaining: 70_500,
    },
  },
} as const satisfies Operation
