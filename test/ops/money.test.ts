import { expect } from 'vitest'
import type { Table } from '../../lambdas/store/table.ts'
import { reportMoney } from '../../ops/money.ts'
import { reverseUse } from '../../ops/reversing.ts'
import { test } from '../support/fixtures.ts'
import { operatingOn } from '../support/operating.ts'
import { foundAcme, newParty } from '../support/party.ts'

const now = Date.parse('2026-02-20T10:00:00Z')
const reason = 'sent twice'

/** The team `acme` with 100 tokens, of which an event has used 30. */
async function found(table: Table) {
  const party = await newParty(table, { now: () => now })
  await foundAcme(party)
  const event = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:test', id: 'e1', subject: 'viewer' }
  const data = { meter: 'automation-autocad', quantity: 30 * 720 }
  await party.call('recordUsage', { body: [{ ...event, time: new Date(now).toISOString(), data }] })
  return party
}

test('a reversal is printed first, and written with --apply', async ({ table }) => {
  const party = await found(table)
  const { operating, lines } = operatingOn(table, now)
  const choice = { team: 'acme', reason, event: ['urn:test', 'e1'] }
  await reverseUse(operating, choice)
  expect(lines).toContain('acme: 30 tokens of first go back')
  expect((await party.call('getBalance', {})).body.flex).toMatchObject({ tokens: 70 })
  await reverseUse(operating, { ...choice, id: 'r1', apply: true })
  await reverseUse(operating, { ...choice, id: 'r1', apply: true })
  expect((await party.call('getBalance', {})).body.flex).toMatchObject({ tokens: 100 })
})

test.for([
  [{ event: ['urn:test', 'other'] }, 'no such authorization or usage event'],
  [{ event: ['urn:test'] }, 'Name an authorization'],
  [{ event: ['urn:test', 'e1'], authorization: 'a1' }, 'Name an authorization'],
] as const)('a reversal of %o says why it cannot be', async ([choice, message], { table }) => {
  await found(table)
  const { operating } = operatingOn(table, now)
  await expect(reverseUse(operating, { team: 'acme', reason, ...choice })).rejects.toThrow(message)
})

test('the report names what is due and charged back', async ({ table }) => {
  const party = await found(table)
  const body = { paymentId: 'pi', invoiceOrPurchaseId: 'acme~first', status: 'charged-back' }
  await party.call('reportPayment', { body })
  const { operating, lines } = operatingOn(table, now)
  await reportMoney(operating, { all: true })
  expect(lines).toContain('acme,9000,charge-back:first,0,0,0,30000')
})
