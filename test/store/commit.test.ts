import { beforeEach, expect, test } from 'vitest'
import { emptyAccount } from '../../core/account/account.ts'
import { record } from '../../core/journal/record.ts'
import { toAccountItem } from '../../lambdas/store/account-item.ts'
import { openOperations } from '../../lambdas/store/all-rules.ts'
import type { Table } from '../../lambdas/store/table.ts'
import type { CallName, Input, Output } from '../../lambdas/store/table-calls.ts'
import { TransactionCancelled } from '../../lambdas/store/table-errors.ts'

/* Conflicts between transactions under way, which the engine of the other tests never has. */

const now = Date.parse('2027-03-10T09:00:00Z')
const profile = { country: 'US', paymentMethod: 'paypal', standing: 'good' } as const
const { account } = record(emptyAccount('acme'), now, { kind: 'team-changed', profile, teamVersion: 1 })

/** The failures of the next transactions, in turn. */
let conflicts: Error[]
let sent: { name: CallName; input: Input<CallName> }[]
const answers: { readonly [Name in CallName]: Output<Name> } = {
  GetItem: { Item: { ...toAccountItem(account) } },
  Query: { Items: [] },
  Scan: {},
  BatchGetItem: {},
  PutItem: {},
  UpdateItem: {},
  DeleteItem: {},
  BatchWriteItem: {},
  TransactWriteItems: {},
}
/** A table that holds nothing but the account. */
const table: Table = {
  tableName: 'some-table',
  send: async (name, input) => {
    sent.push({ name, input })
    const conflict = name === 'TransactWriteItems' ? conflicts.shift() : undefined
    if (conflict !== undefined) throw conflict
    return answers[name]
  },
}
const timesSent = (name: CallName) => sent.filter((request) => request.name === name).length

beforeEach(() => {
  ;[conflicts, sent] = [[], []]
})

const conflict = (...codes: string[]) =>
  new TransactionCancelled(
    'cancelled',
    codes.map((Code) => ({ Code })),
  )

const clock = { now: () => now }
const suspend = () =>
  openOperations(table, clock).run('acme', {
    kind: 'suspend',
    reason: 'test',
  })

test('a conflict with a transaction under way is decided again, on the account as it is read again', async () => {
  conflicts = [conflict('None', 'TransactionConflict'), conflict('TransactionConflict', 'None')]
  expect(await suspend()).toEqual({ answer: undefined })
  expect(timesSent('TransactWriteItems')).toBe(3)
  expect(sent.at(-1)?.input).toMatchObject({ TransactItems: [{}, { Put: { Item: { version: 2 } } }] })
  expect(timesSent('GetItem')).toBeGreaterThanOrEqual(2)
})

test('a transaction that can never succeed is our own error, and is not tried again', async () => {
  conflicts = [conflict('ValidationError', 'None')]
  await expect(suspend()).rejects.toThrow('cancelled')
  expect(timesSent('TransactWriteItems')).toBe(1)
})
