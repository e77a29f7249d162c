import * as v from 'valibot'
import { chargeAnswer } from './charge.ts'
import { fieldErrorAnswer } from './problem.ts'

const recordedUsageAnswer = v.pipe(
  v.object({
    id: v.string(),
    source: v.string(),
    status: v.literal('recorded'),
    charges: v.array(chargeAnswer),
    late: v.optional(v.boolean()),
    overrun: v.optional(v.boolean()),
  }),
  v.title('RecordedUsage'),
)

const duplicateUsageAnswer = v.pipe(
  v.object({ id: v.string(), source: v.string(), status: v.literal('duplicate') }),
  v.title('DuplicateUsage'),
)

const eventProblemAnswer = v.pipe(
  v.object({
    code: v.string(),
    title: v.string(),
    detail: v.string(),
    resolve: v.optional(v.string()),
    errors: v.optional(v.array(fieldErrorAnswer)),
    meters: v.optional(v.array(v.string())),
    status: v.optional(v.number()),
    retryAfterSeconds: v.optional(v.number()),
  }),
  v.title('EventProblem'),
)

/** `id` and `source` are null when the event has none. `BUSY` has the status 503: the event may be sent again as it is. */
const rejectedUsageAnswer = v.pipe(
  v.object({
    id: v.nullable(v.string()),
    source: v.nullable(v.string()),
    status: v.literal('rejected'),
    problem: eventProblemAnswer,
  }),
  v.title('RejectedUsage'),
)

const usageResultAnswer = v.pipe(
  v.variant('status', [recordedUsageAnswer, duplicateUsageAnswer, rejectedUsageAnswer]),
  v.title('UsageResult'),
)

export const usageAnswer = v.pipe(v.object({ results: v.array(usageResultAnswer) }), v.title('UsageResults'))

export type UsageResultAnswer = v.InferOutput<typeof usageResultAnswer>
export type UsageAnswer = v.InferOutput<typeof usageAnswer>
