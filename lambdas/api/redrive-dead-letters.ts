import { sayToPeople } from '../../contract/people-messages.ts'
import {
  redriveDeadLetters as call,
  type DeadLetterAnswer,
  type RedriveAnswer,
} from '../../contract/redrive-dead-letters.ts'
import { redriveQueue } from '../dead-letters/redrive-queue.ts'
import type { DeadLetterTools } from '../dead-letters/tools.ts'
import { deadLetterToJson } from '../http/dead-letter-json.ts'
import { badRequest, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import { stopwatch } from '../runtime/clock.ts'
import { logger } from '../runtime/log.ts'

/** Letters that one call reads. */
const lettersMax = 50
/** No letter is begun after this time, so that the last one can end while the console still waits. */
const beginMs = 4_000

/** Repeats the work of a queue's letters, and logs who did it; or only shows them. */
export function redriveDeadLetters({ deadLetters }: { readonly deadLetters: DeadLetterTools }) {
  return route(call, async ({ query: { preview }, body, caller }): Promise<Outcome> => {
    const queue = deadLetters.queues.get(body.queue)
    if (queue === undefined) return badRequest({ pointer: '/queue', message: sayToPeople('deadLetterQueue') })
    const elapsed = stopwatch()
    const letters: DeadLetterAnswer[] = []
    const handled = redriveQueue(queue, {
      ...(!preview && { redrive: deadLetters.redrive }),
      messagesMax: lettersMax,
      isLate: () => elapsed() > beginMs,
    })
    for await (const letter of handled) letters.push(deadLetterToJson(letter))
    const counts = countsOf(letters)
    if (!preview) logger.info({ message: 'redriveDeadLetters', subject: caller.subject, ...body, ...counts })
    const answer: RedriveAnswer = {
      queue: body.queue,
      status: preview ? 'preview' : 'redriven',
      letters,
      ...counts,
      isMore: letters.length === lettersMax,
    }
    return { status: 200, body: answer }
  })
}

function countsOf(letters: readonly DeadLetterAnswer[]) {
  const number = (wanted: DeadLetterAnswer['result']) =>
    letters.filter(({ result }) => result === wanted).length
  const done = number('done')
  return { done, failed: number('failed'), left: letters.length - done }
}
