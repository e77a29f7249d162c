import * as v from 'valibot'
import type { Call } from './call.ts'
import { chargeAnswer } from './charge.ts'
import { id, tokensMax, usdCentsMax, whole } from './fields.ts'
import { amount } from './figures.ts'
import { lotAnswer } from './lot.ts'
import type { Operation } from './operation.ts'
import { previewQuery } from './plan.ts'
import { purchaseStatus } from './purchase.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'POST',
  path: '/v1/teams/{teamId}/token-purchases',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'purchaseTokens',
} as const satisfies Route

/** The handler checks the minimum, because the price list contains it. */
export const purchaseTokens = {
  route,
  params: teamParams,
  query: previewQuery,
  body: v.strictObject({
    purchaseId: id,
    tokens: whole(1, tokensMax),
    /** The price that the buyer has seen: at any other price nothing is bought. The id is not bound to it. */
    expectedUsdCents: v.optional(whole(0, usdCentsMax)),
  }),
} as const satisfies Call

const purchaseAnswer = v.pipe(
  v.object({
    purchaseId: v.string(),
    tokens: amount,
    unitPriceUsdCents: amount,
    usdCents: amount,
    status: v.picklist([...purchaseStatus.options, 'preview']),
    lot: v.optional(lotAnswer),
    /** Only in a preview: unpaid usage that the tokens would pay for first. */
    paysShortfall: v.optional(v.array(chargeAnswer)),
  }),
  v.title('Purchase'),
)

export type PurchaseAnswer = v.InferOutput<typeof purchaseAnswer>

export const operation = {
  call: purchaseTokens,
  summary:
    'Buys Flex tokens; they can be used once the payment has settled. With preview=true it only shows the consequences.',
  statuses: { 200: 'A preview.', 201: 'The purchase.' },
  answer: purchaseAnswer,
  problems: [409],
  example: {
    request: { purchaseId: 'order-1001', tokens: 100, expectedUsdCents: 30000 },
    answer: {
      purchaseId: 'order-1001',
      tokens: 100,
      unitPriceUsdCents: 300,
      usdCents: 30000,
      status: 'payment-pending',
    },
  },
} as const satisfies Operation
