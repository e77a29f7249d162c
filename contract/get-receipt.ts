import * as v from 'valibot'
import type { Call } from './call.ts'
import { documentFields } from './document.ts'
import { amount, instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import { purchaseParams } from './purchase.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/token-purchases/{purchaseId}/receipt',
  function: 'hub',
  scope: 'hub:read',
  isAdminOnly: true,
  isOpenToOperators: true,
  operationId: 'getReceipt',
} as const satisfies Route

export const getReceipt = { route, params: purchaseParams } as const satisfies Call

const receiptAnswer = v.pipe(
  v.object({
    ...documentFields,
    number: v.pipe(amount, v.description("Its number in the team's series of receipts")),
    purchaseId: v.string(),
    purchasedAt: instantText,
    tokens: amount,
    unitPriceUsdCents: amount,
    usdCents: amount,
    /** The reference that its payment names. */
    paymentReference: v.string(),
  }),
  v.title('Receipt'),
)

export type ReceiptAnswer = v.InferOutput<typeof receiptAnswer>

export const operation = {
  call: getReceipt,
  summary:
    'Shows the receipt of a purchase from the day on which its payment has settled; as a page to print, by Accept. A later refund does not change it.',
  statuses: { 200: 'The receipt.' },
  answer: receiptAnswer,
  media: ['text/html'],
  headers: ['ContentSecurityPolicy'],
} as const satisfies Operation
