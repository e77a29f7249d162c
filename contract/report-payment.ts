import * as v from 'valibot'
import type { Call } from './call.ts'
import { id, say } from './fields.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'POST',
  path: '/v1/payments',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'reportPayment',
} as const satisfies Route

const paymentStatus = v.picklist(['settled', 'failed'])

export const reportPayment = {
  route,
  body: v.strictObject({
    paymentId: id,
    invoiceOrPurchaseId: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._:~-]{1,140}$/, say('reference'))),
    status: paymentStatus,
  }),
} as const satisfies Call

const paymentAnswer = v.pipe(
  v.object({ paymentId: v.string(), invoiceOrPurchaseId: v.string(), status: paymentStatus }),
  v.title('Payment'),
)

export type PaymentAnswer = v.InferOutput<typeof paymentAnswer>

export const operation = {
  call: reportPayment,
  summary:
    'Reports the result of a payment. A payment id belongs to one purchase or invoice, and moves from failed to settled.',
  statuses: { 200: 'The payment; a repeated report returns the first one.' },
  answer: paymentAnswer,
  problems: [404, 409],
} as const satisfies Operation
