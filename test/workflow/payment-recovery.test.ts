import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { type LocalApp, registerTeam } from '../support/local-app.ts'

let app: LocalApp
const hub = 'hub:debtor'

test.beforeAll(async ({ app: started }) => {
  app = started
  await registerTeam(app, 'debtor', ['render'])
  await app.call(hub, 'PUT', '/v1/teams/debtor/hub', { name: 'Hub' })
  await app.call(hub, 'POST', '/v1/teams/debtor/hub/apps', { appIds: ['render'] })
  await app.call(hub, 'PUT', '/v1/teams/debtor/plan', { plan: 'paid', payAsYouGo: true })
  await app.call('local', 'PUT', '/local/payments/debtor', { behaviour: 'decline' })
  const quantity = 3_600
  await authorize('d1', quantity)
  await app.call('meter', 'POST', '/v1/authorizations/d1/captures', { used: quantity, final: true })
})

const authorize = (authorizationId: string, quantity = 60) =>
  app.call('meter', 'POST', '/v1/authorizations', {
    authorizationId,
    appId: 'render',
    meter: 'automation-autocad',
    quantity,
  })

/** The steps that were written, oldest first. Reading them lets no time pass: only a workflow or a sweep writes them. */
async function steps(): Promise<readonly string[]> {
  const { entries } = await app.call(hub, 'GET', '/v1/teams/debtor/entries')
  const all = (entries as { kind: string; action?: string; at: string }[]).toReversed()
  return all.flatMap((entry) => (entry.kind === 'payment-recovery' ? `${entry.action} ${entry.at}` : []))
}

const running = (): readonly string[] =>
  JSON.parse(readFileSync(join(app.dataDir, 'workflows.json'), 'utf8')).running.flatMap(
    ({ machineId, name }: { machineId: string; name: string }) =>
      machineId.startsWith('PaymentRecovery') ? name.slice(0, name.lastIndexOf('.')) : [],
  )

test('a team whose payment fails gets one execution', async () => {
  // The bill may have failed before or after the hour's start of workflows: at the next one it is known in any case.
  for (const hour of ['01', '02']) await app.moveClock(`2026-03-03T${hour}:00:00Z`)
  expect(running()).toEqual(['debtor'])
  await app.moveClock('2026-03-03T03:00:00Z')
  expect(running()).toEqual(['debtor'])
  expect(await steps()).toEqual([])
})

test('each step is taken on its date, between the daily sweeps', async () => {
  await app.moveClock('2026-03-05T00:59:59Z')
  expect(await steps()).toEqual([])
  await app.moveClock('2026-03-05T01:00:00Z')
  expect(await steps()).toEqual(['warn 2026-03-05T01:00:00Z'])
  await app.moveClock('2026-03-06T01:00:00Z')
  expect(await steps()).toEqual(['warn 2026-03-05T01:00:00Z', 'retry 2026-03-06T01:00:00Z'])
})

test('the last step stops rated meters, and the execution ends', async () => {
  await app.moveClock('2026-03-17T00:59:59Z')
  expect(await authorize('d2')).toMatchObject({ decision: 'allow' })
  await app.moveClock('2026-03-17T01:00:00Z')
  expect(await authorize('d3')).toMatchObject({ decision: 'deny', refusal: { code: 'PAYMENT_OVERDUE' } })
  expect((await steps()).at(-1)).toBe('stop 2026-03-17T01:00:00Z')
  expect(running()).toEqual([])
})

test('rated meters run again the moment that the payment arrives', async () => {
  const payment = { paymentId: 'by-hand', invoiceOrPurchaseId: 'debtor~invoice:2026-02', status: 'settled' }
  await app.call('ops', 'POST', '/v1/payments', payment)
  expect(await authorize('d4')).toMatchObject({ decision: 'allow' })
  await app.moveClock('2026-03-18T12:00:00Z')
  expect(running()).toEqual([])
})
