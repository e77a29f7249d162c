import type { Call } from './call.ts'
import type { Operation } from './operation.ts'
import { purchaseParams } from './purchase.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'DELETE',
  path: '/v1/teams/{teamId}/token-purchases/{purchaseId}',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'giveUpPurchase',
} as const satisfies Route

export const giveUpPurchase = { route, params: purchaseParams } as const satisfies Call

export const operation = {
  call: giveUpPurchase,
  summary: 'Gives up a purchase that is not paid. Money that arrives for it later becomes credit.',
  statuses: { 204: 'The purchase is given up.' },
  problems: [404, 409],
} as const satisfies Operation
