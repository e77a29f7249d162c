import {
  EventBridgeClient,
  ListEventBusesCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import * as v from 'valibot'
import { clientOptions, type Emulator } from './emulator.ts'

const Requested = v.object({ detail: v.object({ id: v.string(), paymentReference: v.string() }) })

export interface PaymentProcessor {
  stop(): Promise<void>
}

/**
 * Takes the place of a payment processor: receives the requests of the deployment from its bus, through a rule and a queue, and
 * reports each payment as settled on the same bus, twice.
 */
export async function startPaymentProcessor(emulator: Emulator): Promise<PaymentProcessor> {
  const events = new EventBridgeClient(clientOptions(emulator))
  const queues = new SQSClient(clientOptions(emulator))
  const bus = await ownBus(events)
  const queue = await listen(events, queues, bus)
  let isStopped = false
  const work = async () => {
    while (!isStopped) {
      const { Messages = [] } = await queues.send(
        new ReceiveMessageCommand({ QueueUrl: queue, WaitTimeSeconds: 1, MaxNumberOfMessages: 10 }),
      )
      for (const { Body = '', ReceiptHandle } of Messages) {
        const { detail } = v.parse(Requested, JSON.parse(Body))
        for (const _ of ['once', 'again']) await settle(events, bus, detail)
        await queues.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }))
      }
    }
  }
  const done = work()
  return {
    stop: async () => {
      isStopped = true
      await done
    },
  }
}

async function ownBus(events: EventBridgeClient): Promise<string> {
  const { EventBuses = [] } = await events.send(new ListEventBusesCommand())
  const names = EventBuses.flatMap(({ Name }) => (Name === undefined || Name === 'default' ? [] : [Name]))
  if (names.length !== 1) throw new Error(`one bus was to be deployed, not ${names.length}`)
  return names[0] ?? ''
}

async function listen(events: EventBridgeClient, queues: SQSClient, bus: string): Promise<string> {
  const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: 'payment-processor' }))
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  )
  const rule = { Name: 'payment-processor', EventBusName: bus }
  const EventPattern = JSON.stringify({ source: ['tollgate'], 'detail-type': ['PaymentRequested'] })
  await events.send(new PutRuleCommand({ ...rule, EventPattern }))
  const Targets = [{ Id: 'queue', Arn: Attributes?.QueueArn }]
  await events.send(new PutTargetsCommand({ Rule: rule.Name, EventBusName: bus, Targets }))
  return QueueUrl ?? ''
}

async function settle(
  events: EventBridgeClient,
  EventBusName: string,
  { id, paymentReference }: v.InferOutput<typeof Requested>['detail'],
): Promise<void> {
  const Detail = JSON.stringify({
    // One for all teams, like the id of the event.
    paymentId: `processor-${id}`,
    paymentReference,
  })
  const Entries = [{ EventBusName, Source: 'payments', DetailType: 'PaymentSettled', Detail }]
  const { FailedEntryCount } = await events.send(new PutEventsCommand({ Entries }))
  if (FailedEntryCount !== 0) throw new Error('the bus did not take a payment result')
}
