import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'

/**
 * Long enough to handle ten messages. Messages that remain are given back at the end; the queue also returns
 * them after this time.
 */
const hiddenSeconds = 120
/**
 * A wait above zero makes SQS query all servers of a queue, so an empty answer means that the queue is empty.
 */
const waitSeconds = 1
/** The most that SQS returns at once. */
const perReceive = 10

/** A queue of messages that failed after all retries. */
export class DeadLetterQueue {
  private readonly queues: SQSClient
  private readonly url: string

  constructor(queues: SQSClient, url: string) {
    this.queues = queues
    this.url = url
  }

  /** Number of messages, by SQS's estimate. Hidden messages do not count. */
  async count(): Promise<number> {
    const AttributeNames = ['ApproximateNumberOfMessages' as const]
    const { Attributes } = await this.queues.send(
      new GetQueueAttributesCommand({ QueueUrl: this.url, AttributeNames }),
    )
    return Number(Attributes?.ApproximateNumberOfMessages ?? 0)
  }

  /** Yields each message once, at most `most`. They are hidden from others until they are given back. */
  async *messages(most: number): AsyncGenerator<Message> {
    const seen = new Set<string>()
    while (seen.size < most) {
      const { Messages = [] } = await this.queues.send(
        new ReceiveMessageCommand({
          QueueUrl: this.url,
          MaxNumberOfMessages: Math.min(perReceive, most - seen.size),
          VisibilityTimeout: hiddenSeconds,
          WaitTimeSeconds: waitSeconds,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['SentTimestamp'],
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

  async remove({ ReceiptHandle }: Message): Promise<void> {
    await this.queues.send(new DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle }))
  }

  /** A message that was held too long cannot be given back, but the queue has returned it already. */
  async giveBack(messages: readonly Message[]): Promise<void> {
    const shown = { QueueUrl: this.url, VisibilityTimeout: 0 }
    for (const { ReceiptHandle } of messages)
      await this.queues
        .send(new ChangeMessageVisibilityCommand({ ...shown, ReceiptHandle }))
        .catch(() => undefined)
  }
}
