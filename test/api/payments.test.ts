import { expect } from 'vitest'
import type { Table } from '../../lambdas/store/table.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

const now = Date.parse('2026-02-20T10:00:00Z')

/** `acme` and `bolt`, each with the purchase `p1` that waits for its payment. */
async function ordered(table: Table): Promise<Party> {
  const party = await newParty(table, { now: () => now }, 'bus')
  await foundAcme(party)
  const profile = { name: 'Bolt', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await party.call('registerTeam', { params: { teamId: 'bolt' }, body: profile })
  const claims = { scope: 'hub:read hub:write', team: 'bolt', role: 'admin' }
  const body = { purchaseId: 'p1', tokens: 100 }
  const orders = [
    await party.call('purchaseTokens', { body }),
    await party.call('purchaseTokens', { params: { teamId: 'bolt' }, body, claims }),
  ]
  expect(orders.map(({ status }) => status)).toEqual([201, 201])
  return party
}

async function pay({ call }: Party, invoiceOrPurchaseId: string, status: string, paymentId = 'pi_A') {
  const answer = await call('reportPayment', { body: { paymentId, invoiceOrPurchaseId, status } })
  return answer.body.code ?? answer.status
}

const kindsOf = async ({ deps }: Party, teamId: string) => {
  const kinds = (await deps.journal.since(teamId, 0, 100)).map(({ kind }) => kind)
  return kinds.filter((kind) => kind === 'payment' || kind === 'lot-granted')
}

test('a payment that fails first and settles then, under the same id, grants the tokens once', async ({
  table,
}) => {
  const party = await ordered(table)
  const results = ['failed', 'failed', 'settled', 'settled']
  for (const status of results) expect(await pay(party, 'acme~p1', status)).toBe(200)
  expect(await kindsOf(party, 'acme')).toEqual(['payment', 'payment', 'lot-granted'])
})

test('a failure that comes after its payment has settled is a conflict, and notifies nobody', async ({
  table,
}) => {
  const party = await ordered(table)
  expect(await pay(party, 'acme~p1', 'settled')).toBe(200)
  expect(await pay(party, 'acme~p1', 'failed')).toBe('IDEMPOTENCY_CONFLICT')
  expect(await kindsOf(party, 'acme')).toEqual(['payment', 'lot-granted'])
})

test('a payment id belongs to one purchase of one team', async ({ table }) => {
  const party = await ordered(table)
  expect(await pay(party, 'acme~p1', 'settled')).toBe(200)
  for (const other of ['bolt~p1', 'acme~first', 'acme~invoice:2026-01'])
    expect(await pay(party, other, 'settled')).toBe('IDEMPOTENCY_CONFLICT')
  expect(await kindsOf(party, 'bolt')).toEqual([])
  expect(await pay(party, 'bolt~p1', 'settled', 'pi_B')).toBe(200)
  expect(await kindsOf(party, 'bolt')).toEqual(['payment', 'lot-granted'])
})

test('the same id for two teams at once pays one of them', async ({ table }) => {
  const party = await ordered(table)
  const other = await newParty(table, { now: () => now }, 'bus')
  const answers = await Promise.all([pay(party, 'acme~p1', 'settled'), pay(other, 'bolt~p1', 'settled')])
  expect(answers.toSorted()).toEqual([200, 'IDEMPOTENCY_CONFLICT'])
  const kinds = [...(await kindsOf(party, 'acme')), ...(await kindsOf(party, 'bolt'))]
  expect(kinds).toEqual(['payment', 'lot-granted'])
})
