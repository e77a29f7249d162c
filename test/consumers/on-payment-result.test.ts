import { expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

let party: Party
let handle: (event: unknown) => Promise<void>
test.beforeAll(async ({ engine }) => {
  const table = await engine.newTable()
  party = await newParty(table, { now: () => Date.now() }, 'bus')
  await foundAcme(party)
  const { handler } = await import('../../lambdas/consumers/on-payment-result.ts')
  handle = handler
})

const result = (type: string, paymentId: string, paymentReference: string) => ({
  source: 'payments',
  'detail-type': type,
  detail: { paymentId, paymentReference, what: 'a processor says besides' },
})
const kinds = async () => (await party.deps.journal.since('acme', 0, 100)).map(({ kind }) => kind)
const count = async (kind: string) => (await kinds()).filter((entryKind) => entryKind === kind).length

test('a settled payment grants its tokens once, however often and in whatever order results come', async () => {
  await handle(result('PaymentFailed', 'try-1', 'acme~first'))
  expect(await count('lot-granted')).toBe(0)
  for (let times = 0; times < 3; times++) await handle(result('PaymentSettled', 'try-2', 'acme~first'))
  await Promise.all([3, 4, 5].map((n) => handle(result('PaymentSettled', `try-${n}`, 'acme~first'))))
  await handle(result('PaymentFailed', 'try-1', 'acme~first'))
  expect(await count('lot-granted')).toBe(1)
  expect(await count('payment')).toBe(5)
})

test('a payment that failed first settles under the same id; a failure that comes after that is dropped', async () => {
  await party.call('purchaseTokens', { body: { purchaseId: 'again', tokens: 100 } })
  const before = { payments: await count('payment'), lots: await count('lot-granted') }
  for (const type of ['PaymentFailed', 'PaymentFailed', 'PaymentSettled', 'PaymentSettled', 'PaymentFailed'])
    await handle(result(type, 'one-card', 'acme~again'))
  expect(await count('payment')).toBe(before.payments + 2)
  expect(await count('lot-granted')).toBe(before.lots + 1)
})

test.each([
  ['under the id of another payment', result('PaymentSettled', 'try-1', 'acme~again')],
  ['of nothing that was asked for', result('PaymentSettled', 'x', 'acme~never')],
  ['of a team that is not there', result('PaymentSettled', 'x', 'nobody~first')],
  ['of a month without a bill', result('PaymentSettled', 'x', 'acme~invoice:2020-01')],
  ['of another kind', result('PaymentLost', 'x', 'acme~first')],
  ['without a payment', { 'detail-type': 'PaymentSettled', detail: { paymentReference: 'acme~first' } }],
])('a result %s is not swallowed', async (_, event) => {
  const before = await kinds()
  await expect(handle(event)).rejects.toThrow()
  expect(await kinds()).toEqual(before)
})
