import * as v from 'valibot'
import type { Call } from './call.ts'
import { reason } from './fields.ts'
import { amount, instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import { previewQuery } from './plan.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'POST',
  path: '/v1/dead-letters/redrive',
  function: 'health',
  scope: 'ops:admin',
  operationId: 'redriveDeadLetters',
} as const satisfies Route

export const redriveDeadLetters = {
  route,
  query: previewQuery,
  body: v.strictObject({
    queue: v.pipe(
      v.string(),
      v.regex(/^[A-Za-z0-9-]{1,128}$/, sayToPeople('deadLetterQueue')),
      v.description('A queue of GET /v1/dead-letters'),
    ),
    reason: v.optional(reason),
  }),
} as const satisfies Call

const letterAnswer = v.pipe(
  v.object({
    letterId: v.string(),
    sentAt: v.optional(instantText),
    work: v.pipe(
      v.picklist(['follow', 'call', 'unknown']),
      v.description(
        'The work to repeat: follow all teams that are behind, make one call again, or not known. Unknown letters remain',
      ),
    ),
    functionName: v.optional(v.string()),
    eventType: v.optional(v.string()),
    teamId: v.optional(v.string()),
    cause: v.optional(v.pipe(v.string(), v.description('Without addresses, URLs and long secrets'))),
    result: v.picklist(['found', 'done', 'failed', 'unknown', 'not-tried']),
  }),
  v.title('DeadLetter'),
)

const redriveAnswer = v.pipe(
  v.object({
    queue: v.string(),
    status: v.picklist(['preview', 'redriven']),
    letters: v.array(letterAnswer),
    done: amount,
    failed: amount,
    left: v.pipe(amount, v.description('Letters of this answer that remain in the queue')),
    isMore: v.pipe(v.boolean(), v.description('True where the queue may have more than this answer')),
  }),
  v.title('Redrive'),
)

export type DeadLetterAnswer = v.InferOutput<typeof letterAnswer>
export type RedriveAnswer = v.InferOutput<typeof redriveAnswer>

export const operation = {
  call: redriveDeadLetters,
  summary:
    'Repeats the work of up to 50 dead letters of a queue, and removes those that succeed. With preview=true it only shows them.',
  statuses: { 200: 'The letters, each with its result. None contains more than ids of what failed.' },
  answer: redriveAnswer,
} as const satisfies Operation
