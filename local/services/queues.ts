import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { arnOf } from '../assembly.ts'
import type { FailureSource } from '../wiring.ts'
import type { DeadLetterFile, KeptLetter } from './dead-letters.ts'
import { reportedCause } from './delivery.ts'
import { type ServiceCall, ServiceFault } from './services.ts'

const Named = v.object({ QueueUrl: v.string() })
const Receive = v.object({
  QueueUrl: v.string(),
  MaxNumberOfMessages: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(10)), 1),
  VisibilityTimeout: v.optional(v.number(), 30),
})
const Handle = v.object({ QueueUrl: v.string(), ReceiptHandle: v.string() })
const Visibility = v.object({ ...Handle.entries, VisibilityTimeout: v.number() })

export interface QueueParts {
  readonly failureSources: readonly FailureSource[]
  readonly file: DeadLetterFile
}

/**
 * SQS over the stored dead letters, with the calls of a redrive. A queue's URL is its logical id. A message that is received is
 * hidden until its time is over, by real time.
 */
export function makeQueues({ failureSources, file }: QueueParts): Readonly<Record<string, ServiceCall>> {
  const hiddenUntil = new Map<string, number>()
  const hide = (id: string, seconds: number) => hiddenUntil.set(id, performance.now() + seconds * 1_000)
  const visible = (queueId: string): readonly Received[] => {
    if (!failureSources.some((source) => source.queueId === queueId))
      throw new ServiceFault('QueueDoesNotExist', `there is no queue ${queueId}`)
    return file.letters().flatMap((letter) => {
      const source = failureSources.find(({ id }) => id === letter.from)
      const isHere = source?.queueId === queueId && (hiddenUntil.get(letter.id) ?? 0) <= performance.now()
      return source !== undefined && isHere ? [{ letter, source }] : []
    })
  }
  return {
    'AmazonSQS.GetQueueAttributes': async (input) => {
      const { QueueUrl } = v.parse(Named, input)
      return { Attributes: { ApproximateNumberOfMessages: String(visible(QueueUrl).length) } }
    },
    'AmazonSQS.ReceiveMessage': async (input) => {
      const { QueueUrl, MaxNumberOfMessages, VisibilityTimeout } = v.parse(Receive, input)
      const received = visible(QueueUrl).slice(0, MaxNumberOfMessages)
      for (const { letter } of received) hide(letter.id, VisibilityTimeout)
      return { Messages: received.map(toMessage) }
    },
    'AmazonSQS.DeleteMessage': async (input) => {
      const { ReceiptHandle } = v.parse(Handle, input)
      file.remove(ReceiptHandle)
      hiddenUntil.delete(ReceiptHandle)
      return {}
    },
    'AmazonSQS.ChangeMessageVisibility': async (input) => {
      const { ReceiptHandle, VisibilityTimeout } = v.parse(Visibility, input)
      hide(ReceiptHandle, VisibilityTimeout)
      return {}
    },
  }
}

interface Received {
  readonly letter: KeptLetter
  readonly source: FailureSource
}

/** A letter as Lambda would send it to the queue. */
function toMessage({ letter, source }: Received): object {
  const Body = JSON.stringify(recordOf(letter, source))
  return {
    MessageId: letter.id,
    ReceiptHandle: letter.id,
    MD5OfBody: createHash('md5').update(Body).digest('hex'),
    Body,
    ...(letter.at !== undefined && { Attributes: { SentTimestamp: String(letter.at) } }),
  }
}

function recordOf({ cause, content }: KeptLetter, { functionId, isStream }: FailureSource): object {
  const functionArn = arnOf(functionId)
  const responsePayload = { errorMessage: cause }
  if (!isStream)
    return {
      requestContext: { functionArn, condition: 'RetriesExhausted' },
      responsePayload,
      requestPayload: content,
    }
  return {
    requestContext: { functionArn, condition: 'RetryAttemptsExhausted' },
    // A function that reports failed records throws no error.
    ...(cause !== reportedCause && { responsePayload }),
    DDBStreamBatchInfo: {},
  }
}
