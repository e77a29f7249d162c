import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { settled } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

/* The operators' page of money across all teams. */

test.override('clockStart', '2026-09-10T07:00:00Z')
test.beforeAll(async ({ hub }) => {
  const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  for (const team of ['acme', 'bolt'])
    await hub.call('ops', 'PUT', `/v1/teams/${team}`, { ...profile, name: `${team} Works` })
  await hub.call('ops', 'PUT', '/v1/apps/viewer', { teamId: 'acme', name: 'Viewer' })
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/plan', { plan: 'paid', payAsYouGo: true })
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/hub', { name: 'Hub' })
  await hub.call('hub:acme', 'POST', '/v1/teams/acme/hub/apps', { appIds: ['viewer'] })
  await hub.call('local', 'PUT', '/local/payments/acme', { behaviour: 'decline' })
  await hub.call('meter', 'POST', '/v1/authorizations', {
    authorizationId: 'a1',
    appId: 'viewer',
    meter: 'automation-autocad',
    quantity: 7_200,
  })
  await hub.call('meter', 'POST', '/v1/authorizations/a1/captures', { used: 7_200, final: true })
  await hub.call('local', 'PUT', '/local/clock', { now: '2026-10-03T01:00:00Z' })
  await hub.call('hub:bolt', 'POST', '/v1/teams/bolt/token-purchases', { purchaseId: 'p1', tokens: 100 })
  const twice = { paymentId: 'bank-2', invoiceOrPurchaseId: 'bolt~p1', status: 'settled' }
  await hub.call('ops', 'POST', '/v1/payments', twice)
  const credit = { adjustmentId: 'c1', usdCents: 1_250, reason: 'A slow week' }
  await hub.call('ops', 'POST', '/v1/teams/bolt/adjustments', credit)
  await hub.call('local', 'PUT', '/local/clock', { now: '2026-10-21T09:00:00Z' })
})

test('the rows that need a person come first, with what to do, and lead to the team', async ({ hub }) => {
  const page = await hub.visitConsole('/ops/money')
  const needs = page.getByRole('region', { name: 'Needs a person' })
  const rows = needs.getByRole('row')
  await expect
    .poll(async () => (await rows.allTextContents()).slice(1))
    .toEqual([
      expect.stringMatching(/^acme Works.*Overdue.*Find out why.*Bill of September 2026.*\$30\.00/),
      expect.stringMatching(/^bolt Works.*Unexpected payment.*Return it.*Purchase p1.*bank-2.*\$300\.00/),
    ])
  await needs.getByRole('link', { name: 'acme Works' }).click()
  await page.waitForURL(/\/ops\/teams\/acme/)
})

test('the list of a month has its sum, and is saved as a file with the same rows', async ({ hub }) => {
  const page = await hub.visitConsole('/ops/money')
  const all = page.getByRole('region', { name: 'All teams' })
  await all.getByText('1 row, $30.00 in total').waitFor()
  await all.getByLabel('Show').selectOption('credited')
  await all.getByText('2 rows, $312.50 in total').waitFor()
  expect(new URL(page.url()).search).toBe('?list=credited')
  const saved = page.waitForEvent('download')
  await all.getByRole('button', { name: 'Download this list as CSV' }).click()
  const file = readFileSync(await (await saved).path(), 'utf8')
    .trim()
    .split('\r\n')
  expect(file.slice(1).map((line) => line.split(',')[6])).toEqual(['1250', '30000'])
  await all.getByLabel('Month (UTC)').selectOption('2026-09')
  await all.getByText('The list is empty.').waitFor()
  await page.goBack()
  await all.getByText('A slow week').waitFor()
})

test.for([
  ['en', 1440],
  ['ja', 1440],
  ['en', 390],
  ['ja', 390],
] as const)('the page is accessible and fits in %s at %i pixels', async ([language, width], { hub }) => {
  const page = await hub.visitConsole('/ops/money?list=failed&month=2026-10', { language, width })
  await settled(page)
  await expectAccessible(page)
  await expectNoSidewaysScrolling(page)
})

test('no visitor saw an error on the console', ({ hub }) => expect(hub.faults).toEqual([]))
