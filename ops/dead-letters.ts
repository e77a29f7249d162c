import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ListQueuesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { DeadLetterQueue } from '../lambdas/dead-letters/queue.ts'
import type { Redrive } from '../lambdas/dead-letters/redrive.ts'
import { type HandledLetter, redriveQueue } from '../lambdas/dead-letters/redrive-queue.ts'
import { count, dryRun, type Operating } from './operating.ts'

/** Number of messages that one run reads from each queue. */
const messagesMax = 1_000

export interface DeadLetterTools {
  readonly queues: SQSClient
  /** Repeats the work of a message. Throws when it fails again. */
  readonly redrive: (redrive: Redrive) => Promise<void>
}

interface FoundQueue {
  /** The part of a queue's name after the stage's prefix: stack and construct. */
  readonly name: string
  readonly queue: DeadLetterQueue
}

/**
 * Finds the dead-letter queues of a stage. Their names begin with the names of its stacks; capitals occur
 * only after the stage's name.
 */
async function findQueues(queues: SQSClient, stage: string): Promise<readonly FoundQueue[]> {
  const prefix = `Tollgate-${stage}-`
  const { QueueUrls = [] } = await queues.send(
    new ListQueuesCommand({ QueueNamePrefix: prefix, MaxResults: 1_000 }),
  )
  return QueueUrls.map((url) => ({ url, name: url.slice(url.lastIndexOf('/') + 1 + prefix.length) }))
    .filter(({ name }) => /^[A-Z]\w*-.*DeadLetters/.test(name))
    .map(({ url, name }) => ({ name, queue: new DeadLetterQueue(queues, url) }))
}

/** Prints each queue with the number of its messages. Returns the total. */
export async function listQueues({ print }: Operating, queues: SQSClient, stage: string): Promise<number> {
  const found = await findQueues(queues, stage)
  const counts = await Promise.all(found.map(({ queue }) => queue.count()))
  for (const [index, { name }] of found.entries()) print(`${String(counts[index]).padStart(6)} ${name}`)
  const total = counts.reduce((sum, messages) => sum + messages, 0)
  print(`${count(total, 'dead letter')} in ${count(found.length, 'queue')}.`)
  return total
}

/** Prints the dead letters of a data folder, grouped by origin. Returns their number. */
export function listKept({ print }: Operating, dataDir: string): number {
  const file = join(dataDir, 'dead-letters.ndjson')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
  const counts = new Map<string, number>()
  for (const line of lines) {
    const { from, cause } = JSON.parse(line)
    const name = `${from}: ${String(cause).split('\n', 1)[0]}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  for (const [name, number] of counts) print(`${String(number).padStart(6)} ${name}`)
  print(`${count(lines.length, 'dead letter')} in ${file}.`)
  return lines.length
}

export interface RedriveChoice {
  readonly stage: string
  /** Part of a queue's name. Absent: all queues. */
  readonly queue?: string | undefined
  readonly apply?: boolean
}

/**
 * Repeats the work of dead letters and removes those that succeed. Returns the number of remaining messages
 * among those it read. Unknown messages remain. The next run can read the remaining messages at once.
 */
export async function redriveQueues(
  { print }: Operating,
  { queues, redrive }: DeadLetterTools,
  { stage, queue: part = '', apply = false }: RedriveChoice,
): Promise<number> {
  let left = 0
  for (const { name, queue } of await findQueues(queues, stage)) {
    if (!name.includes(part)) continue
    const ask = { messagesMax, ...(apply && { redrive }) }
    for await (const handled of redriveQueue(queue, ask)) {
      print(`${name}: ${lineOf(handled)}`)
      if (handled.result !== 'done') left += 1
    }
  }
  print(`${count(left, 'dead letter')} ${apply ? 'left' : 'found'}.`)
  if (!apply) print(dryRun)
  return left
}

function lineOf({ redrive, result, error }: HandledLetter): string {
  if (result === 'done') return `done: ${describe(redrive)}`
  if (result === 'failed')
    return `failed again: ${describe(redrive)} (${error instanceof Error ? error.message : error})`
  return describe(redrive)
}

function describe(redrive: Redrive | undefined): string {
  if (redrive === undefined) return 'a message of unknown shape, which remains in the queue'
  const name = redrive.functionArn.split(':function:').at(-1)
  return redrive.kind === 'ring' ? `ring ${name} for every team that is behind` : `call ${name} again`
}
