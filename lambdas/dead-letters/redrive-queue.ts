import type { Message } from '@aws-sdk/client-sqs'
import type { DeadLetterQueue } from './queue.ts'
import { type Redrive, redriveOf } from './redrive.ts'

/**
 * The end of one message: only read; done and removed; failed again; of unknown shape; or not tried, because the time was up.
 * All but the done ones remain in the queue.
 */
export type Result = 'found' | 'done' | 'failed' | 'unknown' | 'not-tried'

export interface HandledLetter {
  readonly message: Message
  /** The work that it asks to repeat; undefined for an unknown shape. */
  readonly redrive: Redrive | undefined
  readonly result: Result
  /** The error of a failed try. */
  readonly error?: unknown
}

export interface RedriveAsk {
  /** Repeats the work of a message. Throws when it fails again. Absent: messages are only read. */
  readonly redrive?: ((redrive: Redrive) => Promise<void>) | undefined
  readonly messagesMax: number
  /** True when there is no time to begin another message. Default: there always is. */
  readonly isLate?: () => boolean
}

/**
 * Repeats the work of a queue's messages, yields each with its result, and removes those that succeed. The next run can read the
 * others at once.
 */
export async function* redriveQueue(
  queue: DeadLetterQueue,
  { redrive: repeat, messagesMax, isLate = () => false }: RedriveAsk,
): AsyncGenerator<HandledLetter> {
  const staying: Message[] = []
  try {
    for await (const message of queue.messages(messagesMax)) {
      const redrive = redriveOf(message)
      const handled = { message, redrive, ...(await tryOnce(redrive, isLate() ? 'late' : repeat)) }
      if (handled.result === 'done') await queue.remove(message)
      else staying.push(message)
      yield handled
    }
  } finally {
    await queue.giveBack(staying)
  }
}

type Tried = Pick<HandledLetter, 'result' | 'error'>

async function tryOnce(redrive: Redrive | undefined, repeat: RedriveAsk['redrive'] | 'late'): Promise<Tried> {
  if (redrive === undefined) return { result: 'unknown' }
  if (repeat === undefined) return { result: 'found' }
  if (repeat === 'late') return { result: 'not-tried' }
  try {
    await repeat(redrive)
    return { result: 'done' }
  } catch (error) {
    return { result: 'failed', error }
  }
}
