import * as v from 'valibot'
import type { Call } from './call.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'
import { settlementsAnswer } from './settle-usage-answer.ts'
import { rowsMax, settlementRows } from './settlement-row.ts'

export const route = {
  method: 'POST',
  path: '/v1/settlements',
  function: 'settle-usage',
  scope: 'aps:meter',
  operationId: 'settleUsage',
} as const satisfies Route

/** Only the envelope: each row is then read separately, so that a faulty one does not fail the others. */
export const settleUsage = {
  route,
  body: v.strictObject({ rows: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(rowsMax)) }),
} as const satisfies Call

export const operation = {
  call: settleUsage,
  summary:
    'Up to 100 captures and authorizations, of any teams. The rows of a team take effect together, in their order; a team that is busy answers 503 in its own rows alone.',
  body: settlementRows,
  statuses: {
    200: 'One result per row, in the order sent, with the status and the answer or problem of the single call.',
  },
  answer: settlementsAnswer,
  example: {
    request: {
      rows: [
        {
          kind: 'capture',
          authorizationId: 'lease-1',
          used: 240,
          renew: { authorizationId: 'lease-2', quantity: 720, quantityMin: 1, holdSeconds: 900 },
        },
      ],
    },
    answer: {
      results: [
        {
          status: 200,
          capture: {
            authorizationId: 'lease-1',
            used: 240,
            status: 'closed',
            charges: [],
            renewed: {
              status: 200,
              authorization: {
                authorizationId: 'lease-2',
                decision: 'allow',
                quantity: 720,
                expiresAt: '2026-01-15T09:15:00Z',
                fundedBy: 'flex',
                remaining: 71280,
                settleBy: '2026-02-01T00:00:00Z',
                reportAfter: 2,
                teamId: 'acme',
                warnings: [],
              },
            },
          },
        },
      ],
    },
  },
} as const satisfies Operation
