import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { describe, expect } from 'vitest'
import { auditTable } from '../../audit/table.ts'
import { isPassing } from '../../lambdas/store/passing.ts'
import { documentClient, openTable } from '../../lambdas/store/sdk-table.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

/*
 * Failures that no engine on one machine produces by itself: conflicts, throttling, lost answers. Each fault is thrown where the
 * SDK would see it, inside its own retries, before or after the engine has done its work.
 */

let client: ReturnType<typeof documentClient>
let table: Table
let party: Party
let faults: { error: Error; isAfter: boolean }[]
let requests: number

test.beforeEach(async ({ table: fresh }) => {
  client = documentClient({ maxAttempts: 3 })
  table = openTable(fresh.tableName, client)
  party = await newParty(table, { now: () => Date.parse('2026-02-20T10:00:00Z') })
  await foundAcme(party)
  ;[faults, requests] = [[], 0]
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== 'TransactWriteItemsCommand') return next(args)
      requests += 1
      const fault = faults.shift()
      if (fault?.isAfter) await next(args)
      if (fault) throw fault.error
      return next(args)
    },
    { step: 'deserialize', priority: 'high' },
  )
})

const named = (name: string, fields: object = {}) => Object.assign(new Error(name), { name, ...fields })

function cancelled(...codes: string[]): Error {
  const CancellationReasons = codes.map((Code) => ({ Code }))
  return new TransactionCanceledException({ message: '', CancellationReasons, $metadata: {} })
}

const ask = () =>
  party.call('authorizeUsage', {
    body: { authorizationId: 'a', appId: 'viewer', meter: 'automation-autocad', quantity: 720 },
  })

async function expectOneAuthorization(): Promise<void> {
  const entries = await party.deps.journal.since('acme', 0, 100)
  expect(entries.filter(({ kind }) => kind === 'authorization').length).toBe(1)
  expect(await auditTable(table)).toMatchObject({ differences: 0 })
}

const passing: [string, Error][] = [
  ['a conflict with another transaction', cancelled('None', 'TransactionConflict')],
  ['throttling of one write', cancelled('ThrottlingError', 'None')],
  ['too little throughput', cancelled('None', 'ProvisionedThroughputExceeded')],
  ['throttling', named('ThrottlingException', { $retryable: { throttling: true } })],
  ['a request too many', named('RequestLimitExceeded')],
  ['a failure of the service', named('InternalServerError', { $fault: 'server' })],
  ['a transaction still in progress', named('TransactionInProgressException')],
  ['no answer in time', named('TimeoutError')],
  ['a cut line', named('Error', { code: 'ECONNRESET' })],
]

describe('is tried again, and done once:', () => {
  test.each(passing)('%s before the write', async (_, error) => {
    faults = [{ error, isAfter: false }]
    expect(await ask()).toMatchObject({ status: 200, body: { decision: 'allow' } })
    expect(requests).toBe(2)
    await expectOneAuthorization()
  })

  test.each(passing.slice(3))('%s after the write', async (_, error) => {
    faults = Array.from({ length: 4 }, () => ({ error, isAfter: true }))
    expect(await ask()).toMatchObject({ status: 200, body: { decision: 'allow' } })
    await expectOneAuthorization()
  })
})

const conflicts = (count: number) =>
  Array.from({ length: count }, () => ({ error: cancelled('None', 'TransactionConflict'), isAfter: false }))

test('a purchase that meets conflicts for longer than its patience is a 503 with Retry-After, and nothing is written', async () => {
  faults = conflicts(1_000)
  const body = { purchaseId: 'p', tokens: 100 }
  const answer = await party.call('purchaseTokens', { body })
  expect(answer).toMatchObject({ status: 503, body: { code: 'BUSY' } })
  expect(Number(answer.retryAfter)).toBeGreaterThanOrEqual(1)
  expect(requests).toBeGreaterThan(5)
  expect(requests).toBeLessThan(200)
  faults = []
  expect(await party.call('purchaseTokens', { body })).toMatchObject({ status: 201 })
  expect(await auditTable(table)).toMatchObject({ differences: 0 })
})

test('an authorization that loses its second race is a 503 with Retry-After, and costs no further try', async () => {
  faults = conflicts(1_000)
  const answer = await ask()
  expect(answer).toMatchObject({ status: 503, body: { code: 'BUSY' } })
  expect(Number(answer.retryAfter)).toBeGreaterThanOrEqual(1)
  expect(requests).toBe(2)
  faults = []
  expect(await ask()).toMatchObject({ status: 200, body: { decision: 'allow' } })
  await expectOneAuthorization()
})

test('a capture keeps trying when it loses more races than an authorization may', async () => {
  await ask()
  ;[faults, requests] = [conflicts(6), 0]
  const capture = { params: { authorizationId: 'a' }, body: { used: 720, final: true } }
  expect(await party.call('captureAuthorization', capture)).toMatchObject({ status: 200 })
  expect(requests).toBe(7)
  expect(await auditTable(table)).toMatchObject({ differences: 0 })
})

test('an error that can never pass is a failure at once', async () => {
  faults = [{ error: named('ResourceNotFoundException'), isAfter: false }]
  expect(await ask()).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } })
  expect(requests).toBe(1)
  faults = [{ error: cancelled('None', 'ValidationError'), isAfter: false }]
  expect(await ask()).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } })
  expect(requests).toBe(2)
})

test('a usage event whose first answer is lost counts once', async () => {
  const event = {
    specversion: '1.0',
    type: 'aps.usage.v1',
    source: 'urn:test',
    id: 'e1',
    time: '2026-02-20T10:00:00Z',
    subject: 'viewer',
    data: { meter: 'automation-autocad', quantity: 720 },
  }
  faults = Array.from({ length: 3 }, () => ({ error: named('TimeoutError'), isAfter: true }))
  const answer = await party.call('recordUsage', { body: [event] })
  expect(answer).toMatchObject({ status: 200, body: { results: [{ id: 'e1' }] } })
  const entries = await party.deps.journal.since('acme', 0, 100)
  expect(entries.filter(({ kind }) => kind === 'usage').length).toBe(1)
  expect((await party.deps.operations.load('acme'))?.lots[0]?.remaining).toBe(99_000)
})

test('a table that cannot be reached is busy, not broken', async () => {
  client.middlewareStack.add(
    () => async () => {
      throw named('Error', { code: 'ECONNREFUSED' })
    },
    { step: 'deserialize', priority: 'high' },
  )
  const answer = await party.call('purchaseTokens', { body: { purchaseId: 'p', tokens: 100 } })
  expect(answer).toMatchObject({ status: 503, retryAfter: '1', body: { code: 'BUSY' } })
})

test.each([
  new Error('x'),
  named('ValidationException'),
  named('TypeError'),
  undefined,
  'ThrottlingException',
])('%s does not pass', (error) => expect(isPassing(error)).toBe(false))
