import * as v from 'valibot'
import { askedAuthorization, authorizationAnswer, isWithinQuantity } from './authorize-usage.ts'
import type { Call } from './call.ts'
import { captureFields, reportedUse } from './capture-authorization.ts'
import { id, say } from './fields.ts'
import { amount } from './figures.ts'
import type { Operation } from './operation.ts'
import { problemAnswer } from './problem.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'POST',
  path: '/v1/settlements',
  function: 'settle-usage',
  scope: 'aps:meter',
  operationId: 'settleUsage',
} as const satisfies Route

/** The most captures and authorizations of one request. */
export const rowsMax = 100

/** Only the envelope: each row is then read separately, so that a faulty one does not fail the others. */
export const settleUsage = {
  route,
  body: v.strictObject({ rows: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(rowsMax)) }),
} as const satisfies Call

const authorizationRow = v.pipe(
  v.strictObject({ kind: v.literal('authorization'), appId: id, meter: id, ...askedAuthorization }),
  v.forward(
    v.check((asked) => isWithinQuantity(asked), say('withinQuantity')),
    ['quantityMin'],
  ),
  v.title('AuthorizationRow'),
)

const renewal = v.pipe(
  v.strictObject(askedAuthorization),
  v.forward(
    v.check((asked) => isWithinQuantity(asked), say('withinQuantity')),
    ['quantityMin'],
  ),
  v.description('Closes the captured authorization, and asks for the next one of the same app and meter'),
  v.title('Renewal'),
)

const captureRow = v.pipe(
  v.strictObject({
    kind: v.literal('capture'),
    authorizationId: id,
    ...reportedUse,
    renew: v.optional(renewal),
  }),
  v.title('CaptureRow'),
)

/** One row of a settlement. */
export const settlementRow = v.pipe(
  v.variant('kind', [authorizationRow, captureRow]),
  v.title('SettlementRow'),
)

export type SettlementRow = v.InferOutput<typeof settlementRow>

/** A result has the status of the single call, and its answer or problem document. */
const resultFields = {
  status: v.pipe(v.number(), v.safeInteger(), v.minValue(200), v.maxValue(599)),
  retryAfterSeconds: v.optional(
    v.pipe(amount, v.description('With a 503: nothing was done; repeat the row after this time')),
  ),
  authorization: v.optional(authorizationAnswer),
  problem: v.optional(problemAnswer),
}

const renewedAnswer = v.pipe(v.object(resultFields), v.title('Renewed'))

const settledCaptureAnswer = v.pipe(
  v.object({ ...captureFields, renewed: v.optional(renewedAnswer) }),
  v.title('SettledCapture'),
)

const settlementResultAnswer = v.pipe(
  v.object({ ...resultFields, capture: v.optional(settledCaptureAnswer) }),
  v.title('SettlementResult'),
)

const settlementsAnswer = v.pipe(
  v.object({ results: v.array(settlementResultAnswer) }),
  v.title('Settlements'),
)

export const operation = {
  call: settleUsage,
  summary:
    'Up to 100 captures and authorizations, of any teams. The rows of a team take effect together, in their order; a team that is busy answers 503 in its own rows alone.',
  body: v.strictObject({ rows: v.pipe(v.array(settlementRow), v.minLength(1), v.maxLength(rowsMax)) }),
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
                warnings: [],
              },
            },
          },
        },
      ],
    },
  },
} as const satisfies Operation
