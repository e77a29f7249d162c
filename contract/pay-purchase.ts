import type { Call } from './call.ts'
import type { Operation } from './operation.ts'
import { purchaseParams, tokenPurchaseAnswer } from './purchase.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'POST',
  path: '/v1/teams/{teamId}/token-purchases/{purchaseId}/payment',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'payPurchase',
} as const satisfies Route

export const payPurchase = { route, params: purchaseParams } as const satisfies Call

export const operation = {
  call: payPurchase,
  summary:
    'Requests another payment of a purchase whose payment failed, at its own price, within 30 days of the first failure.',
  statuses: { 200: 'The purchase. Nothing is requested while a payment is pending, or once it is paid.' },
  answer: tokenPurchaseAnswer,
  problems: [404, 409],
} as const satisfies Operation
