import * as v from 'valibot'
import type { Call } from './call.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import { tokenPurchaseAnswer } from './purchase.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'GET',
  path: '/v1/teams/{teamId}/token-purchases',
  function: 'hub',
  scope: 'hub:read',
  isAdminOnly: true,
  isOpenToOperators: true,
  operationId: 'listPurchases',
} as const satisfies Route

/** The journal version of the last purchase of the previous page. */
const cursor = v.pipe(v.string(), v.regex(/^[1-9][0-9]{0,8}$/, sayToPeople('cursor')))

export const listPurchases = {
  route,
  params: teamParams,
  query: v.strictObject({ cursor: v.optional(cursor) }),
} as const satisfies Call

const purchasesAnswer = v.pipe(
  v.object({ purchases: v.array(tokenPurchaseAnswer), cursor: v.optional(cursor) }),
  v.title('TokenPurchases'),
)

export type PurchasesAnswer = v.InferOutput<typeof purchasesAnswer>

export const operation = {
  call: listPurchases,
  summary: 'Lists the purchases of Flex tokens, newest first, with their payment status.',
  statuses: { 200: 'A page of purchases; `cursor` leads to the next one.' },
  answer: purchasesAnswer,
} as const satisfies Operation
