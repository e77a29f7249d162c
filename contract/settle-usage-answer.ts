import * as v from 'valibot'
import { authorizationAnswer } from './authorize-usage-answer.ts'
import { captureFields } from './capture-authorization-answer.ts'
import { amount } from './figures.ts'
import { problemAnswer } from './problem.ts'

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

export const settlementsAnswer = v.pipe(
  v.object({ results: v.array(settlementResultAnswer) }),
  v.title('Settlements'),
)
