import * as v from 'valibot'
import type { Call } from './call.ts'
import { amount } from './figures.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/dead-letters',
  function: 'health',
  scope: 'ops:admin',
  operationId: 'listDeadLetters',
} as const satisfies Route

export const listDeadLetters = { route } as const satisfies Call

const queueAnswer = v.pipe(
  v.object({
    queue: v.pipe(v.string(), v.description('Stack and construct, such as Events-Facts')),
    messages: v.pipe(amount, v.description("By the queue's own estimate")),
  }),
  v.title('DeadLetterQueue'),
)

const deadLettersAnswer = v.pipe(
  v.object({ queues: v.array(queueAnswer), messages: amount }),
  v.title('DeadLetters'),
)

export type DeadLettersAnswer = v.InferOutput<typeof deadLettersAnswer>

export const operation = {
  call: listDeadLetters,
  summary: 'Counts the dead letters, which are messages that failed after all retries, by queue.',
  statuses: { 200: 'Every queue, also without messages.' },
  answer: deadLettersAnswer,
} as const satisfies Operation
