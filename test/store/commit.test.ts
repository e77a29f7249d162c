import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, test } from 'vitest'
import { emptyAccount } from '../../core/account/account.ts'
import { record } from '../../core/journal/record.ts'
import { toAccountItem } from '../../lambdas/store/account-item.ts'
import { Operations } from '../../lambdas/store/operations.ts'
import { openStores } from '../../lambdas/store/stores.ts'
import { openTable } from '../../lambdas/store/table.ts'

/* Conflicts between transactions under way, which the engine of the other tests never has. */

const now = Date.parse('2027-03-10T09:00:00Z')
const profile = { country: 'US', paymentMethod: 'paypal', standing: 'good' } as const
const { account } = record(emptyAccount('acme'), now, { kind: 'team-changed', profile, teamVersion: 1 })

process.env.AWS_REGION ??= 'us-east-1'
const table = openTable('some-table')
const client = mockClient(table.client as DynamoDBDocumentClient)

beforeEach(() => {
  client.reset()
  client.on(GetCommand).resolves({ Item: { ...toAccountItem(account) } })
  client.on(QueryCommand).resolves({ Items: [] })
})

const conflict = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  })

const clock = { now: () => now }
const suspend = () =>
  new Operations(table, clock, openStores(table, clock)).run('acme', { kind: 'suspend', reason: 'test' })

test('a conflict with a transaction under way is decided again, on the account as it is read again', async () => {
  client
    .on(TransactWriteCommand)
    .rejectsOnce(conflict('None', 'TransactionConflict'))
    .rejectsOnce(conflict('TransactionConflict', 'None'))
    .resolves({})
  expect(await suspend()).toEqual({ answer: undefined })
  const calls = client.commandCalls(TransactWriteCommand)
  expect(calls).toHaveLength(3)
  expect(calls.at(-1)?.args[0].input.TransactItems?.[1]?.Put?.Item).toMatchObject({ version: 2 })
  expect(client.commandCalls(GetCommand).length).toBeGreaterThanOrEqual(2)
})

test('a transaction that can never succeed is our own error, and is not tried again', async () => {
  client.on(TransactWriteCommand).rejects(conflict('ValidationError', 'None'))
  await expect(suspend()).rejects.toThrow('cancelled')
  expect(client.commandCalls(TransactWriteCommand)).toHaveLength(1)
})
