import { expect } from 'vitest'
import type { Table } from '../../lambdas/store/table.ts'
import { test } from '../support/fixtures.ts'
import { newParty } from '../support/party.ts'

const dayMs = 86_400_000

interface Bill {
  readonly period: string
  readonly status: string
  readonly failedAt?: string
  readonly retryAt?: string
  readonly stopsAt?: string
}

/** A team that pays as it goes, on the 20th of February. */
async function found(table: Table) {
  let now = Date.parse('2026-02-20T10:00:00Z')
  const { call, deps } = await newParty(table, { now: () => now }, 'bus')
  const profile = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await call('registerTeam', { body: profile })
  await call('registerApp', { body: { teamId: 'acme', name: 'Viewer' } })
  await call('createHub', { body: { name: 'Hub' } })
  await call('moveApps', { body: { appIds: ['viewer'] } })
  await call('choosePlan', { body: { plan: 'paid', payAsYouGo: true } })
  return {
    at: (text: string) => {
      now = Date.parse(text)
    },
    pass: (ms: number) => {
      now += ms
    },
    use: async (id: string, units = 1) => {
      const event = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:test', id, subject: 'viewer' }
      const data = { meter: 'automation-autocad', quantity: units * 720 }
      await call('recordUsage', { body: [{ ...event, time: new Date(now).toISOString(), data }] })
    },
    credit: (usdCents: number) =>
      call('adjustTeam', { body: { adjustmentId: 'c1', usdCents, reason: 'goodwill' } }),
    /** The bill as it was issued, with its state from the list. */
    bill: async (period: string) => {
      const listed = (await call('listInvoices', {})).body.invoices as Bill[]
      const { status, failedAt, retryAt, stopsAt } = listed.find((bill) => bill.period === period) ?? {}
      return {
        ...(await call('getInvoice', { params: { period } })).body,
        status,
        failedAt,
        retryAt,
        stopsAt,
      }
    },
    dues: async () => (await call('getBalance', {})).body.dues,
    bills: async () => (await call('listInvoices', {})).body.invoices as { period: string }[],
    report: async (status: string, paymentId = 'i1') => {
      const body = { paymentId, invoiceOrPurchaseId: 'acme~invoice:2026-02', status }
      const answer = await call('reportPayment', { body })
      return answer.body.code ?? answer.status
    },
    account: async () => {
      const seen = await deps.operations.look('acme')
      if (seen === undefined) throw new Error('acme is there')
      return seen.account
    },
  }
}

test('a bill that is charged back is due again, and its recovery starts from the first step', async ({
  table,
}) => {
  const team = await found(table)
  await team.use('e1')
  team.at('2026-03-03T00:00:00Z')
  for (const status of ['failed', 'settled']) expect(await team.report(status)).toBe(200)
  expect(await team.bill('2026-02')).toMatchObject({ status: 'paid', dueUsdCents: 300 })
  team.pass(10 * dayMs)
  expect(await team.report('charged-back')).toBe(200)
  expect(await team.bill('2026-02')).toMatchObject({ status: 'due' })
  expect((await team.account()).dues).toMatchObject([{ dueId: 'invoice:2026-02', usdCents: 300, steps: 0 }])
  team.pass(14 * dayMs - 1)
  expect((await team.account()).overdueSince).toBeUndefined()
  team.pass(1)
  expect(await team.bill('2026-02')).toMatchObject({ status: 'overdue' })
  expect((await team.account()).overdueSince).toBe(Date.parse('2026-03-27T00:00:00Z'))
  // The dispute is won.
  expect(await team.report('settled')).toBe(200)
  expect(await team.account()).toMatchObject({ dues: [], overdueSince: undefined, creditUsdCents: 0 })
})

test('a failed bill says in list and balance when it failed, when the next try is, and when it stops', async ({
  table,
}) => {
  const team = await found(table)
  await team.use('e1')
  team.at('2026-03-03T00:00:00Z')
  const none = { failedAt: undefined, retryAt: undefined, stopsAt: undefined }
  expect(await team.bill('2026-02')).toMatchObject({ status: 'due', ...none })
  team.pass(3_600_000)
  await team.report('failed')
  const failure = { failedAt: '2026-03-03T01:00:00Z', stopsAt: '2026-03-17T01:00:00Z' }
  const retries = ['2026-03-06T01:00:00Z', '2026-03-10T01:00:00Z', '2026-03-15T01:00:00Z']
  for (const [index, retryAt] of retries.entries()) {
    expect(await team.bill('2026-02')).toMatchObject({ status: 'due', ...failure, retryAt })
    expect(await team.dues()).toMatchObject([{ usdCents: 300, ...failure, retryAt }])
    team.at(retryAt)
    await team.report('failed', `try-${index}`)
  }
  expect(await team.bill('2026-02')).toMatchObject({ status: 'due', ...failure, retryAt: undefined })
  team.at(failure.stopsAt)
  expect(await team.bill('2026-02')).toMatchObject({ status: 'overdue', ...failure, retryAt: undefined })
  await team.report('settled', 'by-hand')
  expect(await team.bill('2026-02')).toMatchObject({ status: 'paid', ...none })
  expect(await team.dues()).toEqual([])
})

test('a bill that is refunded is not due again', async ({ table }) => {
  const team = await found(table)
  await team.use('e1')
  team.at('2026-03-03T00:00:00Z')
  for (const status of ['settled', 'refunded', 'refunded']) expect(await team.report(status)).toBe(200)
  expect(await team.report('settled')).toBe('IDEMPOTENCY_CONFLICT')
  expect(await team.account()).toMatchObject({ dues: [], creditUsdCents: 0 })
})

test('a second payment of a bill becomes credit, which pays the next bill', async ({ table }) => {
  const team = await found(table)
  await team.use('e1')
  team.at('2026-03-03T00:00:00Z')
  await team.report('settled', 'i1')
  await team.report('settled', 'i2')
  expect(await team.account()).toMatchObject({ creditUsdCents: 300 })
  await team.use('e2', 2)
  team.at('2026-04-03T00:00:00Z')
  expect(await team.bill('2026-03')).toMatchObject({ usdCents: 600, creditUsdCents: 300, dueUsdCents: 300 })
})

test('a bill below the smallest payment is issued with nothing due, and the next bill carries it', async ({
  table,
}) => {
  const team = await found(table)
  await team.use('e1')
  await team.credit(251)
  team.at('2026-03-03T00:00:00Z')
  expect(await team.bill('2026-02')).toMatchObject({
    number: 1,
    lines: [{ units: 1, usdCents: 300 }],
    creditUsdCents: 251,
    dueUsdCents: 0,
    carriedUsdCents: 49,
  })
  expect(await team.account()).toMatchObject({ dues: [], carriedUsdCents: 49 })
  // A month without use makes no bill, even if an amount is carried.
  team.at('2026-04-04T00:00:00Z')
  expect((await team.bills()).map(({ period }) => period)).toEqual(['2026-02'])
  await team.use('e2')
  team.at('2026-05-03T00:00:00Z')
  expect(await team.bill('2026-04')).toMatchObject({
    number: 2,
    usdCents: 300,
    carriedInUsdCents: 49,
    dueUsdCents: 349,
  })
  expect(await team.account()).toMatchObject({ carriedUsdCents: 0 })
})

test('a bill of the smallest payment is due', async ({ table }) => {
  const team = await found(table)
  await team.use('e1')
  await team.credit(250)
  team.at('2026-03-03T00:00:00Z')
  expect(await team.bill('2026-02')).toMatchObject({ dueUsdCents: 50 })
  expect((await team.account()).dues).toMatchObject([{ dueId: 'invoice:2026-02', usdCents: 50 }])
})
