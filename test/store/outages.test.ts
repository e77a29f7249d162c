import { describe, expect } from 'vitest'
import { auditTable } from '../../audit/table.ts'
import { isPassing } from '../../lambdas/store/passing.ts'
import type { Table } from '../../lambdas/store/table.ts'
import type { Act, SeenRequest, WireAnswer } from '../faults/fault-proxy.ts'
import { Workbench } from '../faults/workbench.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'
import { tableClients } from '../support/table-clients.ts'

/*
 * Failures that no engine on one machine produces by itself: conflicts, throttling, lost answers. A proxy in front of the
 * engine breaks the transactions, before or after the engine has done its work.
 */

let bench: Workbench
test.beforeAll(async () => {
  bench = await Workbench.start()
})
test.afterAll(() => bench.stop())

const named = (name: string, fields: object = {}) => Object.assign(new Error(name), { name, ...fields })

const errorOf = (status: number, type: string, fields: object = {}): WireAnswer => ({
  status,
  body: JSON.stringify({ __type: `x#${type}`, message: type, ...fields }),
})
const cancelled = (...codes: string[]): WireAnswer =>
  errorOf(400, 'TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) })

/** `undefined` cuts the line. */
type Fault = WireAnswer | undefined

/** The fault in place of the write. */
const refusing =
  (fault: Fault): Act =>
  async (exchange) =>
    fault === undefined ? exchange.reset() : exchange.answer(fault)
/** The fault in place of the answer to a write that was made. */
const losing =
  (fault: Fault): Act =>
  async (exchange) => {
    await exchange.forward()
    await refusing(fault)(exchange)
  }

const passing: [string, Fault][] = [
  ['a conflict with another transaction', cancelled('None', 'TransactionConflict')],
  ['throttling of one write', cancelled('ThrottlingError', 'None')],
  ['too little throughput', cancelled('None', 'ProvisionedThroughputExceeded')],
  ['throttling', errorOf(400, 'ThrottlingException')],
  ['a request too many', errorOf(400, 'RequestLimitExceeded')],
  ['a failure of the service', errorOf(500, 'InternalServerError')],
  ['a transaction still in progress', errorOf(400, 'TransactionInProgressException')],
  ['a cut line', undefined],
]

let table: Table
let party: Party
let faults: Act[]
let seen: readonly SeenRequest[]
const requests = () => seen.filter(({ action }) => action === 'TransactWriteItems').length

test.beforeEach(async ({ client }) => {
  const tableName = await bench.newTable()
  table = tableClients[client](tableName)
  party = await newParty(table, { now: () => Date.parse('2026-02-20T10:00:00Z') })
  await foundAcme(party)
  faults = []
  seen = bench.proxy.watch(tableName, ({ action }) =>
    action === 'TransactWriteItems' ? faults.shift() : undefined,
  )
})

const ask = () =>
  party.call('authorizeUsage', {
    body: { authorizationId: 'a', appId: 'viewer', meter: 'automation-autocad', quantity: 720 },
  })

async function expectOneAuthorization(): Promise<void> {
  const entries = await party.deps.journal.since('acme', 0, 100)
  expect(entries.filter(({ kind }) => kind === 'authorization').length).toBe(1)
  expect(await auditTable(table)).toMatchObject({ differences: 0 })
}

describe('is tried again, and done once:', () => {
  test.each(passing)('%s before the write', async (_, fault) => {
    faults = [refusing(fault)]
    expect(await ask()).toMatchObject({ status: 200, body: { decision: 'allow' } })
    expect(requests()).toBe(2)
    await expectOneAuthorization()
  })

  test.each(passing.slice(3))('%s after the write', async (_, fault) => {
    faults = Array(4).fill(losing(fault))
    expect(await ask()).toMatchObject({ status: 200, body: { decision: 'allow' } })
    await expectOneAuthorization()
  })
})

const conflicts = (count: number): Act[] =>
  Array(count).fill(refusing(cancelled('None', 'TransactionConflict')))

test('a purchase that meets conflicts for longer than its patience is a 503 with Retry-After, and nothing is written', async () => {
  faults = conflicts(1_000)
  const body = { purchaseId: 'p', tokens: 100 }
  const answer = await party.call('purchaseTokens', { body })
  expect(answer).toMatchObject({ status: 503, body: { code: 'BUSY' } })
  expect(Number(answer.retryAfter)).toBeGreaterThanOrEqual(1)
  expect(requests()).toBeGreaterThan(5)
  expect(requests()).toBeLessThan(200)
  faults = []
  expect(await party.call('purchaseTokens', { body })).toMatchObject({ status: 201 })
  expect(await auditTable(table)).toMatchObject({ differences: 0 })
})

test('an authorization that loses its second race is a 503 with Retry-After, and costs no further try', async () => {
  faults = conflicts(1_000)
  const answer = await ask()
  expect(answer).toMatchObject({ status: 503, body: { code: 'BUSY' } })
  expect(Number(answer.retryAfter)).toBeGreaterThanOrEqual(1)
  expect(requests()).toBe(2)
  faults = []
  expect(await ask()).toMatchObject({ status: 200, body: { decision: 'allow' } })
  await expectOneAuthorization()
})

test('a capture keeps trying when it loses more races than an authorization may', async () => {
  await ask()
  faults = conflicts(6)
  const before = requests()
  const capture = { params: { authorizationId: 'a' }, body: { used: 720, final: true } }
  expect(await party.call('captureAuthorization', capture)).toMatchObject({ status: 200 })
  expect(requests() - before).toBe(7)
  expect(await auditTable(table)).toMatchObject({ differences: 0 })
})

test('an error that can never pass is a failure at once', async () => {
  faults = [refusing(errorOf(400, 'ResourceNotFoundException'))]
  expect(await ask()).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } })
  expect(requests()).toBe(1)
  faults = [refusing(cancelled('None', 'ValidationError'))]
  expect(await ask()).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } })
  expect(requests()).toBe(2)
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
  faults = Array(3).fill(losing(undefined))
  const answer = await party.call('recordUsage', { body: [event] })
  expect(answer).toMatchObject({ status: 200, body: { results: [{ id: 'e1' }] } })
  const entries = await party.deps.journal.since('acme', 0, 100)
  expect(entries.filter(({ kind }) => kind === 'usage').length).toBe(1)
  expect((await party.deps.operations.load('acme'))?.lots[0]?.remaining).toBe(99_000)
})

test('a table that cannot be reached is busy, not broken', async () => {
  bench.proxy.watch(table.tableName, () => refusing(undefined))
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
