import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { count, dryRun, type Operating } from './operating.ts'
import { type Redrive, redriveOf } from './redrive.ts'

/** Number of messages that one run reads from each queue. */
const messagesMax = 1_000
/**
 * Long enough to handle ten messages. Messages that remain are given back at the end; the queue also returns
 * them after this time.
 */
const hiddenSeconds = 120
/**
 * A wait above zero makes SQS query all servers of a queue, so an empty answer means that the queue is empty.
 */
const waitSeconds = 1

export interface DeadLetterTools {
  readonly queues: SQSClient
  /** Repeats the work of a message. Throws when it fails again. */
  readonly redrive: (redrive: Redrive) => Promise<void>
}

export interface DeadLetterQueue {
  /** The part of a queue's name after the stage's prefix: stack and construct. */
  readonly name: string
  readonly url: string
  readonly messages: number
}

/**
 * Finds the dead-letter queues of a stage. Their names begin with the names of its stacks; capitals occur
 * only after the stage's name.
 */
export async function findQueues(queues: SQSClient, stage: string): Promise<readonly DeadLetterQueue[]> {
  const prefix = `Tollgate-${stage}-`
  const { QueueUrls = [] } = await queues.send(
    new ListQueuesCommand({ QueueNamePrefix: prefix, MaxResults: 1_000 }),
  )
  const urls = QueueUrls.filter((url) => /^[A-Z]\w*-.*DeadLetters/.test(nameOf(url, prefix)))
  return Promise.all(
    urls.map(async (url) => {
      const AttributeNames = ['ApproximateNumberOfMessages' as const]
      const { Attributes } = await queues.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames }),
      )
      return {
        name: nameOf(url, prefix),
        url,
        messages: Number(Attributes?.ApproximateNumberOfMessages ?? 0),
      }
    }),
  )
}

const nameOf = (url: string, prefix: string): string => url.slice(url.lastIndexOf('/') + 1 + prefix.length)

/** Prints each queue with the number of its messages. Returns the total. */
export async function listQueues({ print }: Operating, queues: SQSClient, stage: string): Promise<number> {
  const found = await findQueues(queues, stage)
  for (const { name, messages } of found) print(`${String(messages).padStart(6)} ${name}`)
  const total = found.reduce((sum, { messages }) => sum + messages, 0)
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
  operating: Operating,
  tools: DeadLetterTools,
  { stage, queue = '', apply = false }: RedriveChoice,
): Promise<number> {
  const { print } = operating
  let left = 0
  for (const { name, url } of await findQueues(tools.queues, stage)) {
    if (!name.includes(queue)) continue
    const staying: Message[] = []
    for await (const message of messagesOf(tools.queues, url)) {
      const redrive = redriveOf(message)
      const isDone = apply && (await tryOnce(redrive, tools, (line) => print(`${name}: ${line}`)))
      if (!apply) print(`${name}: ${describe(redrive)}`)
      if (isDone)
        await tools.queues.send(
          new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }),
        )
      else staying.push(message)
    }
    await giveBack(tools.queues, url, staying)
    left += staying.length
  }
  print(`${count(left, 'dead letter')} ${apply ? 'left' : 'found'}.`)
  if (!apply) print(dryRun)
  return left
}

async function tryOnce(
  redrive: Redrive | undefined,
  { redrive: act }: DeadLetterTools,
  print: (line: string) => void,
): Promise<boolean> {
  if (redrive === undefined) {
    print(describe(redrive))
    return false
  }
  try {
    await act(redrive)
    print(`done: ${describe(redrive)}`)
    return true
  } catch (cause) {
    print(`failed again: ${describe(redrive)} (${cause instanceof Error ? cause.message : cause})`)
    return false
  }
}

function describe(redrive: Redrive | undefined): string {
  if (redrive === undefined) return 'a message of unknown shape, which remains in the queue'
  const name = redrive.functionArn.split(':function:').at(-1)
  return redrive.kind === 'ring' ? `ring ${name} for every team that is behind` : `call ${name} again`
}

/** A message that was held too long cannot be given back, but the queue has returned it already. */
async function giveBack(queues: SQSClient, url: string, messages: readonly Message[]): Promise<void> {
  const shown = { QueueUrl: url, VisibilityTimeout: 0 }
  for (const { ReceiptHandle } of messages)
    await queues.send(new ChangeMessageVisibilityCommand({ ...shown, ReceiptHandle })).catch(() => undefined)
}

/** Yields each message once. */
async function* messagesOf(queues: SQSClient, url: string): AsyncGenerator<Message> {
  const seen = new Set<string>()
  while (seen.size < messagesMax) {
    const { Messages = [] } = await queues.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: hiddenSeconds,
        WaitTimeSeconds: waitSeconds,
        MessageAttributeNames: ['All'],
      }),
    )
    const fresh = Messages.filter(({ MessageId = '' }) => !seen.has(MessageId))
    if (fresh.length === 0) return
    for (const message of fresh) {
      seen.add(message.MessageId ?? '')
      yield message
    }
  }
}
