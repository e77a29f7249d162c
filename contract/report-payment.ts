import * as v from 'valibot'
import { previewFields } from './act-effect.ts'
import type { Call } from './call.ts'
import { id, reason, say, usdCentsMax, whole } from './fields.ts'
import { amount } from './figures.ts'
import type { Operation } from './operation.ts'
import { previewQuery } from './plan.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'POST',
  path: '/v1/payments',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'reportPayment',
} as const satisfies Route

const paymentStatus = v.picklist(['settled', 'failed', 'refunded', 'charged-back'])

export const reportPayment = {
  route,
  query: previewQuery,
  body: v.strictObject({
    paymentId: id,
    invoiceOrPurchaseId: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._:~-]{1,140}$/, say('reference'))),
    /** The amount of the payment; absent: that of the purchase or due. */
    usdCents: v.optional(whole(1, usdCentsMax)),
    status: paymentStatus,
    reason: v.optional(reason),
  }),
} as const satisfies Call

const paymentAnswer = v.pipe(
  v.object({
    paymentId: v.string(),
    invoiceOrPurchaseId: v.string(),
    usdCents: v.optional(amount),
    status: paymentStatus,
    effect: previewFields.effect,
  }),
  v.title('Payment'),
)

export type PaymentAnswer = v.InferOutput<typeof paymentAnswer>

export const operation = {
  call: reportPayment,
  summary:
    'Reports the result of a payment. A payment id belongs to one purchase or due, and moves forward only: failed, settled, refunded or charged back. A dispute that is won settles it again. With preview=true it only shows the effect.',
  statuses: { 200: 'The payment, or its preview with an effect; a repeated report returns the first one.' },
  answer: paymentAnswer,
  problems: [404, 409],
} as const satisfies Operation
