import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, test } from 'vitest'
import { redriver } from '../../lambdas/dead-letters/redrive.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { listKept, listQueues, redriveQueues } from '../../ops/dead-letters.ts'
import { operatingOn } from '../support/operating.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const queues = mockClient(SQSClient)
const functions = mockClient(LambdaClient)
const noTable = {} as Table
const arn = (name: string) => `arn:aws:lambda:us-east-1:1:function:${name}`
const url = (name: string) => `https://sqs.example/1/Tollgate-prod-${name}`

/** Messages in the form of Lambda, EventBridge and Scheduler. */
const letters = {
  stream: {
    MessageId: 's',
    ReceiptHandle: 's',
    Body: JSON.stringify({
      requestContext: { functionArn: arn('PublishEvents'), condition: 'RetryAttemptsExhausted' },
      DDBStreamBatchInfo: { shardId: 'shardId-1', startSequenceNumber: '1', batchSize: 3 },
    }),
  },
  call: {
    MessageId: 'c',
    ReceiptHandle: 'c',
    Body: JSON.stringify({
      requestContext: { functionArn: arn('DeliverEvent'), condition: 'RetriesExhausted' },
      requestPayload: { 'detail-type': 'TokensLow' },
    }),
  },
  schedule: {
    MessageId: 'r',
    ReceiptHandle: 'r',
    Body: '{"once": true}',
    MessageAttributes: { TARGET_ARN: { DataType: 'String', StringValue: arn('Sweep') } },
  },
  strange: { MessageId: 'x', ReceiptHandle: 'x', Body: 'not json' },
}

beforeEach(() => {
  queues.reset()
  functions.reset()
  queues.on(ListQueuesCommand).resolves({
    QueueUrls: [url('Events-FactsDeadLetters1-a'), url('Api-CalendarDeadLetters2-b'), url('Api-Other-c')],
  })
  queues.on(GetQueueAttributesCommand).resolves({ Attributes: { ApproximateNumberOfMessages: '2' } })
  queues.on(ReceiveMessageCommand).resolves({})
  queues.on(ChangeMessageVisibilityCommand).resolves({})
  functions.on(InvokeCommand).resolves({ Payload: Buffer.from('{"batchItemFailures": []}') as never })
})

/** A queue like that of SQS: a received message is hidden until it is given back. */
function fill(...messages: readonly { readonly ReceiptHandle: string }[]): void {
  const QueueUrl = url('Events-FactsDeadLetters1-a')
  const visible = new Set(messages)
  queues.on(ReceiveMessageCommand, { QueueUrl }).callsFake(async () => {
    const Messages = [...visible]
    visible.clear()
    return { Messages }
  })
  queues.on(ChangeMessageVisibilityCommand, { QueueUrl, VisibilityTimeout: 0 }).callsFake(async (given) => {
    for (const message of messages) if (message.ReceiptHandle === given.ReceiptHandle) visible.add(message)
    return {}
  })
}
const behind = async () => [{ teamId: 'acme', version: 7 }]
const redriveAll = async (apply: boolean, queue?: string) => {
  const { operating, lines } = operatingOn(noTable)
  const tools = { queues: new SQSClient(), redrive: redriver({ functions: new LambdaClient(), behind }) }
  return { left: await redriveQueues(operating, tools, { stage: 'prod', apply, queue }), lines }
}
const calls = () =>
  functions.commandCalls(InvokeCommand).map(({ args: [{ input }] }) => ({
    name: input.FunctionName,
    payload: JSON.parse(Buffer.from(input.Payload as Uint8Array).toString()),
  }))
const deleted = () =>
  queues.commandCalls(DeleteMessageCommand).map(({ args: [{ input }] }) => input.ReceiptHandle)

test('the queues of a stage are listed with the number of their messages', async () => {
  const { operating, lines } = operatingOn(noTable)
  expect(await listQueues(operating, new SQSClient(), 'prod')).toBe(4)
  expect(lines).toEqual([
    '     2 Events-FactsDeadLetters1-a',
    '     2 Api-CalendarDeadLetters2-b',
    '4 dead letters in 2 queues.',
  ])
  const [listed] = queues.commandCalls(ListQueuesCommand)
  expect(listed?.args[0].input.QueueNamePrefix).toBe('Tollgate-prod-')
})

test('calls are repeated with their original input, and their messages removed', async () => {
  fill(letters.call, letters.schedule)
  expect((await redriveAll(true)).left).toBe(0)
  expect(calls()).toEqual([
    { name: arn('DeliverEvent'), payload: { 'detail-type': 'TokensLow' } },
    { name: arn('Sweep'), payload: { once: true } },
  ])
  expect(deleted()).toEqual(['c', 'r'])
})

test('for a batch of the stream, its function is called for every team that is behind', async () => {
  fill(letters.stream)
  await redriveAll(true)
  const [call] = calls()
  expect(call?.name).toBe(arn('PublishEvents'))
  expect(call?.payload.Records).toMatchObject([
    {
      dynamodb: { Keys: { sk: { S: 'ACCOUNT' } }, NewImage: { teamId: { S: 'acme' }, version: { N: '7' } } },
    },
  ])
  expect(deleted()).toEqual(['s'])
})

test.each([
  ['that throws', { FunctionError: 'Unhandled', Payload: Buffer.from('{"errorMessage": "no"}') }],
  [
    'that leaves teams behind',
    { Payload: Buffer.from('{"batchItemFailures": [{"itemIdentifier": "acme"}]}') },
  ],
])('the letter of a function %s stays', async (_, answer) => {
  functions.on(InvokeCommand).resolves(answer as never)
  fill(letters.stream)
  const { left, lines } = await redriveAll(true)
  expect(left).toBe(1)
  expect(deleted()).toEqual([])
  expect(lines[0]).toMatch(/failed again: ring PublishEvents/)
})

test('unknown messages stay, and do not block the others', async () => {
  fill(letters.strange, letters.call)
  expect((await redriveAll(true)).left).toBe(1)
  expect(deleted()).toEqual(['c'])
})

test('nothing is called or removed without --apply', async () => {
  fill(letters.stream, letters.call)
  const { left, lines } = await redriveAll(false)
  expect([left, calls(), deleted()]).toEqual([2, [], []])
  expect(lines).toEqual([
    'Events-FactsDeadLetters1-a: ring PublishEvents for every team that is behind',
    'Events-FactsDeadLetters1-a: call DeliverEvent again',
    '2 dead letters found.',
    'Nothing was written. Add --apply to do it.',
  ])
})

test('messages that a dry run showed, and failed ones, are available at once for the next run', async () => {
  fill(letters.strange, letters.call)
  expect((await redriveAll(false)).left).toBe(2)
  expect((await redriveAll(true)).left).toBe(1)
  expect(deleted()).toEqual(['c'])
  expect((await redriveAll(true)).lines).toContain('1 dead letter left.')
})

test('a message that a long run held too long returns by itself, and does not end the run', async () => {
  fill(letters.strange)
  queues.on(ChangeMessageVisibilityCommand).rejects(new Error('MessageNotInflight'))
  expect((await redriveAll(true)).left).toBe(1)
})

test('an empty server of a queue does not count as an empty queue', async () => {
  await redriveAll(false)
  const [asked] = queues.commandCalls(ReceiveMessageCommand)
  expect(asked?.args[0].input.WaitTimeSeconds).toBeGreaterThan(0)
})

test('queues of a stage whose name has the same beginning belong to another stage', async () => {
  queues.on(ListQueuesCommand).resolves({ QueueUrls: [url('eu-Events-FactsDeadLetters1-a')] })
  const { operating } = operatingOn(noTable)
  expect(await listQueues(operating, new SQSClient(), 'prod')).toBe(0)
})

test('a part of a name selects queues', async () => {
  fill(letters.call)
  expect((await redriveAll(true, 'Calendar')).left).toBe(0)
  expect(calls()).toEqual([])
})

test('on one machine, dead letters are in a file', () => {
  const dataDir = temporaryFolder()
  const { operating, lines } = operatingOn(noTable)
  expect(listKept(operating, dataDir)).toBe(0)
  for (const from of ['Mapping', 'Mapping', 'Sweep'])
    appendFileSync(join(dataDir, 'dead-letters.ndjson'), `${JSON.stringify({ from, cause: 'no\nstack' })}\n`)
  expect(listKept(operating, dataDir)).toBe(3)
  expect(lines.slice(1, 3)).toEqual(['     2 Mapping: no', '     1 Sweep: no'])
})
