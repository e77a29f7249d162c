import * as v from 'valibot'
import type { Call } from './call.ts'
import { id, say, usdCentsMax, whole } from './fields.ts'
import { amount } from './figures.ts'
import type { Operation } from './operation.ts'
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
  body: v.strictObject({
    paymentId: id,
    invoiceOrPurchaseId: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._:~-]{1,140}$/, say('reference'))),
    /** The amount of the payment; absent: that of the purchase or due. */
    usdCents: v.optional(whole(1, usdCentsMax)),
    status: paymentStatus,
  }),
} as const satisfies Call

const paymentAnswer = v.pipe(
  v.object({
    paymentId: v.string(),
    invoiceOrPurchaseId: v.string(),
    usdCents: v.optional(amount),
    status: paymentStatus,
  }),
  v.title('Payment'),
)

export type PaymentAnswer = v.InferOutput<typeof paymentAnswer>

export const operation = {
  call: reportPayment,
  summary:
    'Reports the result of a payment. A payment id belongs to one purchase or due, and moves forward only: failed, settled, refunded or charged back. A dispute that is won settles it again.',
  statuses: { 200: 'The payment; a repeated report returns the first one.' },
  answer: paymentAnswer,
  problems: [404, 409],
} as const satisfies Operation
