import { listDeadLetters as call, type DeadLettersAnswer } from '../../contract/list-dead-letters.ts'
import type { DeadLetterTools } from '../dead-letters/tools.ts'
import type { Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'

/** Counts the messages of every dead-letter queue of the stage. */
export function listDeadLetters({ deadLetters }: { readonly deadLetters: DeadLetterTools }) {
  return route(call, async (): Promise<Outcome> => {
    const queues = await Promise.all(
      [...deadLetters.queues].map(async ([name, queue]) => ({ queue: name, messages: await queue.count() })),
    )
    const messages = queues.reduce((sum, queue) => sum + queue.messages, 0)
    return { status: 200, body: { queues, messages } satisfies DeadLettersAnswer }
  })
}
