import { expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { type LocalApp, registerTeam } from '../support/local-app.ts'

let app: LocalApp
test.override('clockStart', '2026-02-01T10:00:00Z')
test.beforeAll(async ({ app: started }) => {
  app = started
})

const behave = (teamId: string, behaviour: string, lateSeconds?: number) =>
  app.call('local', 'PUT', `/local/payments/${teamId}`, { behaviour, lateSeconds })
const buy = (teamId: string, purchaseId: string) =>
  app.call(`hub:${teamId}`, 'POST', `/v1/teams/${teamId}/token-purchases`, { purchaseId, tokens: 100 })
const entriesOf = async (teamId: string, kind: string) => {
  const { entries } = await app.call(`hub:${teamId}`, 'GET', `/v1/teams/${teamId}/entries`)
  return (entries as Record<string, unknown>[]).filter((entry) => entry.kind === kind)
}
const typesOf = (teamId: string) => app.eventsOf(teamId).map(({ type }) => type)

test('tokens of a team whose payments settle are granted when they are bought', async () => {
  await registerTeam(app, 'prompt', [])
  expect(await buy('prompt', 'p1')).toMatchObject({ status: 'granted' })
  await app.moveClock('2026-02-01T10:01:00Z')
  expect(await entriesOf('prompt', 'payment')).toEqual([])
  expect(typesOf('prompt')).toEqual(['PaymentRequested'])
})

test('tokens that are paid late are granted when the payment settles, not before', async () => {
  await registerTeam(app, 'late', [])
  await behave('late', 'late', 3_600)
  expect(await buy('late', 'p1')).toMatchObject({ status: 'payment-pending' })
  await app.moveClock('2026-02-01T11:00:59Z')
  expect(await buy('late', 'p1')).toMatchObject({ status: 'payment-pending' })
  await app.moveClock('2026-02-01T11:01:00Z')
  expect(await buy('late', 'p1')).toMatchObject({ status: 'granted', lot: { remaining: 100 } })
})

test('a late payment is not missed by a clock that jumps over it', async () => {
  await registerTeam(app, 'leap', [])
  await behave('leap', 'late', 60)
  await buy('leap', 'p1')
  await app.moveClock('2026-02-01T11:02:30Z')
  expect(await buy('leap', 'p1')).toMatchObject({ status: 'granted' })
})

test('a payment that is answered twice grants its tokens once', async () => {
  await registerTeam(app, 'twice', [])
  await behave('twice', 'twice')
  await buy('twice', 'p1')
  await app.moveClock('2026-02-01T11:03:00Z')
  expect(await entriesOf('twice', 'lot-granted')).toHaveLength(1)
  expect(await entriesOf('twice', 'payment')).toHaveLength(1)
  expect(typesOf('twice')).toEqual(['PaymentRequested', 'PaymentSettled', 'PaymentSettled'])
})

test('a declined purchase grants nothing, and tells so', async () => {
  await registerTeam(app, 'poor', [])
  await behave('poor', 'decline')
  await buy('poor', 'p1')
  await app.moveClock('2026-02-01T11:04:00Z')
  expect(await buy('poor', 'p1')).toMatchObject({ status: 'payment-failed' })
  const [failed] = app
    .eventsOf('poor')
    .filter(({ type, source }) => type === 'PaymentFailed' && source === 'tollgate')
  expect(failed?.detail).toMatchObject({ paymentReference: 'poor~p1', usdCents: 30_000 })
})

const authorize = (authorizationId: string) => {
  const body = { authorizationId, appId: 'debtor-app', meter: 'automation-autocad', quantity: 60 }
  return app.call('meter', 'POST', '/v1/authorizations', body)
}

/** A paid team with pay-as-you-go, whose app has used five charged units this month. */
async function runUpBill(teamId: string): Promise<void> {
  const appId = `${teamId}-app`
  await registerTeam(app, teamId, [appId])
  await app.call(`hub:${teamId}`, 'PUT', `/v1/teams/${teamId}/hub`, { name: 'Hub' })
  await app.call(`hub:${teamId}`, 'POST', `/v1/teams/${teamId}/hub/apps`, { appIds: [appId] })
  await app.call(`hub:${teamId}`, 'PUT', `/v1/teams/${teamId}/plan`, { plan: 'paid', payAsYouGo: true })
  const authorizationId = `${teamId}-1`
  const asked = { authorizationId, appId, meter: 'automation-autocad', quantity: 3_600 }
  await app.call('meter', 'POST', '/v1/authorizations', asked)
  const path = `/v1/authorizations/${authorizationId}/captures`
  await app.call('meter', 'POST', path, { used: 3_600, final: true })
}

test('a declined bill stops rated meters after its recovery, and they run again the moment it is paid', async () => {
  await runUpBill('debtor')
  await behave('debtor', 'decline')
  await runUpBill('mended')
  await behave('mended', 'decline')
  await app.moveClock('2026-03-03T01:00:00Z')
  const request = { paymentReference: 'debtor~invoice:2026-02', attempt: 0 }
  expect(app.eventsOf('debtor').find(({ type }) => type === 'PaymentRequested')?.detail).toMatchObject(
    request,
  )
  expect(await entriesOf('debtor', 'payment')).toMatchObject([{ status: 'failed', invoice: '2026-02' }])

  await behave('mended', 'settle')
  await app.moveClock('2026-03-06T01:00:00Z')
  expect(await entriesOf('mended', 'payment')).toMatchObject([{ status: 'settled' }, { status: 'failed' }])

  await app.moveClock('2026-03-17T00:59:59Z')
  expect(await authorize('d2')).toMatchObject({ decision: 'allow' })
  await app.moveClock('2026-03-17T01:00:00Z')
  expect(await authorize('d3')).toMatchObject({ decision: 'deny', refusal: { code: 'PAYMENT_OVERDUE' } })
  const requests = app.eventsOf('debtor').filter(({ type }) => type === 'PaymentRequested')
  expect(requests.map(({ detail }) => detail.attempt)).toEqual([0, 1, 2, 3])
  expect(typesOf('debtor').filter((type) => type === 'PaymentRetryComing')).toHaveLength(3)

  const paid = { paymentId: 'bank-1', invoiceOrPurchaseId: 'debtor~invoice:2026-02', status: 'settled' }
  await app.call('ops', 'POST', '/v1/payments', paid)
  expect(await authorize('d4')).toMatchObject({ decision: 'allow' })
  await app.moveClock('2026-03-17T01:01:00Z')
  expect(typesOf('debtor').slice(-2)).toEqual(['TeamSuspended', 'TeamResumed'])
  expect(typesOf('mended')).not.toContain('TeamSuspended')
})

/** The status of a team's purchase. */
const statusOf = async (teamId: string, purchaseId: string) => {
  const { purchases } = await app.call(`hub:${teamId}`, 'GET', `/v1/teams/${teamId}/token-purchases`)
  return (purchases as Record<string, unknown>[]).find((row) => row.purchaseId === purchaseId)?.status
}
/** The results of a team's payments, oldest first. */
const paymentsOf = async (teamId: string) =>
  (await entriesOf(teamId, 'payment')).map(({ status }) => status).toReversed()

test.each([
  ['fail-then-settle', ['payment-failed', 'granted', 'granted'], ['failed', 'settled']],
  ['settle-then-fail', ['granted', 'granted', 'granted'], ['settled']],
  ['pay-twice', ['granted', 'granted', 'granted'], ['settled', 'settled']],
  ['refund', ['granted', 'refunded', 'refunded'], ['settled', 'refunded']],
  ['charge-back', ['granted', 'charged-back', 'charged-back'], ['settled', 'charged-back']],
  ['win-dispute', ['granted', 'charged-back', 'granted'], ['settled', 'charged-back', 'settled']],
])('the sandbox plays %s', async (behaviour, statuses, payments) => {
  const teamId = `plays-${behaviour}`
  await registerTeam(app, teamId, [])
  await behave(teamId, behaviour, 3_600)
  await buy(teamId, 'p1')
  const { now } = await app.call('local', 'GET', '/local/clock')
  const seen: unknown[] = []
  for (const hours of [0, 1, 2]) {
    await app.moveClock(new Date(Date.parse(String(now)) + hours * 3_600_000 + 60_000).toISOString())
    seen.push(await statusOf(teamId, 'p1'))
  }
  expect(seen).toEqual(statuses)
  expect(await paymentsOf(teamId)).toEqual(payments)
})
