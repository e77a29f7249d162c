import { expect } from 'vitest'
import type { Table } from '../../lambdas/store/table.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

const start = Date.parse('2026-02-20T10:00:00Z')
const dayMs = 86_400_000
const unit = 720

interface World extends Party {
  pass(ms: number): void
  buy(purchaseId: string, expectedUsdCents?: number): Promise<unknown>
  /** Reports a result of a payment of a purchase or due of `acme`. */
  report(reference: string, status: string, paymentId?: string): Promise<unknown>
  use(units: number, id: string): Promise<void>
  purchase(purchaseId: string): Promise<Record<string, unknown> | undefined>
  account(): Promise<{ creditUsdCents: number; dues: readonly object[]; overdueSince: number | undefined }>
}

/** The team `acme` with 100 tokens of the purchase `first`, which was paid at once. Later payments come on the bus. */
async function found(table: Table): Promise<World> {
  let now = start
  const clock = { now: () => now }
  await foundAcme(await newParty(table, clock))
  const party = await newParty(table, clock, 'bus')
  const { call, deps } = party
  return {
    ...party,
    pass: (ms) => {
      now += ms
    },
    buy: async (purchaseId, expectedUsdCents) => {
      const body = { purchaseId, tokens: 100, expectedUsdCents }
      const answer = await call('purchaseTokens', { body })
      return answer.body.code ?? answer.body.status
    },
    report: async (reference, status, paymentId = 'pi') => {
      const body = { paymentId, invoiceOrPurchaseId: `acme~${reference}`, status }
      const answer = await call('reportPayment', { body })
      return answer.body.code ?? answer.status
    },
    use: async (units, id) => {
      const event = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:test', id, subject: 'viewer' }
      const data = { meter: 'automation-autocad', quantity: units * unit }
      await call('recordUsage', { body: [{ ...event, time: new Date(now).toISOString(), data }] })
    },
    purchase: async (purchaseId) => {
      const { purchases } = (await call('listPurchases', {})).body
      return (purchases as Record<string, unknown>[]).find((row) => row.purchaseId === purchaseId)
    },
    account: async () => {
      const seen = await deps.operations.look('acme')
      if (seen === undefined) throw new Error('acme is there')
      const { creditUsdCents, dues, overdueSince } = seen.account
      return { creditUsdCents, dues, overdueSince }
    },
  }
}

const pay = async ({ call }: Party, purchaseId: string) => {
  const { status, body } = await call('payPurchase', { params: { purchaseId } })
  return body.code ?? body.status ?? status
}
const giveUp = async ({ call }: Party, purchaseId: string) => {
  const { status, body } = await call('giveUpPurchase', { params: { purchaseId } })
  return body.code ?? status
}

test('purchases are listed newest first, in pages', async ({ table }) => {
  const world = await found(table)
  const bought = Array.from({ length: 21 }, (_, n) => `p${n}`)
  for (const purchaseId of bought) expect(await world.buy(purchaseId)).toBe('payment-pending')
  const idsOf = (rows: unknown) => (rows as { purchaseId: string }[]).map(({ purchaseId }) => purchaseId)
  const { body: page } = await world.call('listPurchases', {})
  expect(idsOf(page.purchases)).toEqual(bought.toReversed().slice(0, 20))
  const { body: rest } = await world.call('listPurchases', { query: { cursor: String(page.cursor) } })
  expect(idsOf(rest.purchases)).toEqual(['p0', 'first'])
  expect(rest.cursor).toBeUndefined()
})

test('a declined purchase can be paid again at its price, and its tokens last a year from the purchase', async ({
  table,
}) => {
  const world = await found(table)
  await world.buy('p1')
  await world.report('p1', 'failed', 'try-1')
  expect(await world.purchase('p1')).toMatchObject({
    status: 'payment-failed',
    failedAt: '2026-02-20T10:00:00Z',
    payUntil: '2026-03-22T10:00:00Z',
    paymentReference: 'acme~p1',
  })
  const balance = async () => (await world.call('getBalance', {})).body
  const failed = {
    purchaseId: 'p1',
    usdCents: 30_000,
    failedAt: '2026-02-20T10:00:00Z',
    payUntil: '2026-03-22T10:00:00Z',
    paymentReference: 'acme~p1',
  }
  expect((await balance()).failedPurchases).toEqual([failed])
  expect(await world.buy('p1')).toBe('payment-failed')
  world.pass(dayMs)
  expect(await pay(world, 'p1')).toBe('payment-pending')
  // Nothing more is requested while a payment is under way.
  expect(await pay(world, 'p1')).toBe('payment-pending')
  const requests = (await world.deps.journal.since('acme', 0, 100)).filter(
    ({ kind }) => kind === 'payment-requested',
  )
  expect(requests).toMatchObject([{ purchaseId: 'p1', usdCents: 30_000, attempt: 1 }])
  await world.report('p1', 'settled', 'try-2')
  expect(await world.purchase('p1')).toMatchObject({
    status: 'granted',
    lot: { remaining: 100, expiresAt: '2027-02-21T00:00:00Z' },
    spent: 0,
    expired: 0,
    refunded: 0,
    receipt: { number: 2, issuedAt: '2026-02-21T10:00:00Z' },
  })
  expect(await pay(world, 'p1')).toBe('granted')
})

test('money for a purchase that was given up becomes credit', async ({ table }) => {
  const world = await found(table)
  await world.buy('p1')
  await world.report('p1', 'failed', 'try-1')
  expect([await giveUp(world, 'p1'), await giveUp(world, 'p1')]).toEqual([204, 204])
  expect(await pay(world, 'p1')).toBe('PURCHASE_CLOSED')
  await world.report('p1', 'settled', 'try-2')
  expect(await world.purchase('p1')).toMatchObject({ status: 'given-up' })
  expect(await world.account()).toMatchObject({ creditUsdCents: 30_000 })
  expect(await giveUp(world, 'first')).toBe('PURCHASE_CLOSED')
})

test('30 days after its first failure a purchase is given up by itself', async ({ table }) => {
  const world = await found(table)
  await world.buy('p1')
  await world.report('p1', 'failed', 'try-1')
  world.pass(29 * dayMs)
  await world.report('p1', 'failed', 'try-2')
  world.pass(dayMs - 1)
  expect(await world.purchase('p1')).toMatchObject({ status: 'payment-failed' })
  world.pass(1)
  expect(await world.purchase('p1')).toMatchObject({ status: 'given-up' })
  expect(await pay(world, 'p1')).toBe('PURCHASE_CLOSED')
  await world.report('p1', 'settled', 'try-3')
  expect(await world.account()).toMatchObject({ creditUsdCents: 30_000 })
})

test('a charge-back of 100 tokens after 30 were used takes 70 back, and 30 are due', async ({ table }) => {
  const world = await found(table)
  await world.use(30, 'e1')
  expect(await world.report('first', 'charged-back')).toBe(200)
  expect(await world.purchase('first')).toMatchObject({
    status: 'charged-back',
    tokens: 100,
    lot: { remaining: 0 },
    spent: 30,
    expired: 0,
    refunded: 70,
  })
  expect((await world.account()).dues).toMatchObject([{ dueId: 'charge-back:first', usdCents: 9_000 }])
  world.pass(14 * dayMs)
  expect((await world.account()).overdueSince).toBe(start + 14 * dayMs)
  await world.report('charge-back:first', 'settled', 'due-1')
  expect(await world.account()).toMatchObject({ dues: [], overdueSince: undefined, creditUsdCents: 0 })
})

test('a dispute that is won cancels what was due and gives the tokens back', async ({ table }) => {
  const world = await found(table)
  await world.use(30, 'e1')
  for (const status of ['charged-back', 'charged-back', 'settled', 'settled'])
    expect(await world.report('first', status)).toBe(200)
  expect(await world.account()).toMatchObject({ dues: [], creditUsdCents: 0 })
  expect(await world.purchase('first')).toMatchObject({
    status: 'granted',
    lot: { remaining: 70 },
    spent: 30,
    refunded: 0,
  })
})

test('a payment that is disputed twice gives each time what it took', async ({ table }) => {
  const world = await found(table)
  await world.use(30, 'e1')
  for (const round of ['1', '2']) {
    await world.report('first', 'charged-back')
    expect((await world.account()).dues).toMatchObject([{ usdCents: 9_000 }])
    await world.report('charge-back:first', 'settled', `due-${round}`)
    await world.report('first', 'settled')
    expect(await world.purchase('first')).toMatchObject({ lot: { remaining: 70 }, spent: 30, refunded: 0 })
    expect(await world.account()).toMatchObject({ dues: [], creditUsdCents: Number(round) * 9_000 })
  }
})

test('a refunded lot backs only what is held, and loses the rest as holds end', async ({ table }) => {
  const world = await found(table)
  const held = { authorizationId: 'a1', appId: 'viewer', meter: 'automation-autocad', quantity: 10 * unit }
  await world.call('authorizeUsage', { body: { ...held, holdSeconds: 3_600 } })
  expect(await world.report('first', 'refunded')).toBe(200)
  expect(await world.purchase('first')).toMatchObject({
    status: 'refunded',
    lot: { remaining: 10 },
    refunded: 90,
  })
  const more = { ...held, authorizationId: 'a2', quantity: unit }
  const { body: denied } = await world.call('authorizeUsage', { body: more })
  expect(denied).toMatchObject({ decision: 'deny', refusal: { code: 'TOKENS_EXHAUSTED' } })
  await world.call('captureAuthorization', { body: { used: 4 * unit } })
  world.pass(3_600_000)
  expect(await world.purchase('first')).toMatchObject({
    status: 'refunded',
    lot: { remaining: 0 },
    spent: 4,
    expired: 0,
    refunded: 96,
  })
  // A refund is agreed: spent tokens are not due.
  expect((await world.account()).dues).toEqual([])
})

test('tokens of a charged-back lot that are spent later are due, too', async ({ table }) => {
  const world = await found(table)
  const held = { authorizationId: 'a1', appId: 'viewer', meter: 'automation-autocad', quantity: 10 * unit }
  await world.call('authorizeUsage', { body: held })
  await world.report('first', 'charged-back')
  expect((await world.account()).dues).toEqual([])
  await world.call('captureAuthorization', { body: { used: 4 * unit, final: true } })
  expect((await world.account()).dues).toMatchObject([{ dueId: 'charge-back:first', usdCents: 1_200 }])
  expect(await world.purchase('first')).toMatchObject({ lot: { remaining: 0 }, spent: 4, refunded: 96 })
})

test('a second payment of what is paid becomes credit', async ({ table }) => {
  const world = await found(table)
  await world.buy('p1')
  await world.report('p1', 'settled', 'one')
  await world.report('p1', 'settled', 'other')
  expect(await world.account()).toMatchObject({ creditUsdCents: 30_000 })
  expect(await world.purchase('p1')).toMatchObject({ status: 'granted', lot: { tokens: 100 } })
  // Only the second payment goes back, so the tokens stay.
  await world.report('p1', 'refunded', 'other')
  expect(await world.account()).toMatchObject({ creditUsdCents: 0, dues: [] })
  expect(await world.purchase('p1')).toMatchObject({ status: 'granted' })
})

test('a refund of money that had become credit leaves the tokens of a purchase that was paid at once', async ({
  table,
}) => {
  const world = await found(table)
  await world.report('first', 'settled', 'extra')
  expect(await world.account()).toMatchObject({ creditUsdCents: 30_000 })
  await world.report('first', 'refunded', 'extra')
  expect(await world.account()).toMatchObject({ creditUsdCents: 0, dues: [] })
  expect(await world.purchase('first')).toMatchObject({ status: 'granted', lot: { remaining: 100 } })
})

test('nothing is bought at another price than the buyer has seen', async ({ table }) => {
  const world = await found(table)
  const { status, body } = await world.call('purchaseTokens', {
    body: { purchaseId: 'p1', tokens: 100, expectedUsdCents: 29_999 },
  })
  expect({ status, ...body }).toMatchObject({ status: 409, code: 'PRICE_CHANGED', usdCents: 30_000 })
  expect(body.detail).toContain('USD 300.00')
  expect(await world.purchase('p1')).toBeUndefined()
  expect(await world.buy('p1', 30_000)).toBe('payment-pending')
  // The expected price is not part of what the id is bound to.
  expect(await world.buy('p1', 1)).toBe('payment-pending')
  expect(await world.buy('p1')).toBe('payment-pending')
})

test('a purchase that does not exist can be neither paid nor given up', async ({ table }) => {
  const world = await found(table)
  expect(await pay(world, 'never')).toBe('NOT_FOUND')
  expect(await giveUp(world, 'never')).toBe('NOT_FOUND')
})
