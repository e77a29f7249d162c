import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { settled } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

/* The catalog in the operators' console: a card is edited, measured on a past month, published, and comes into force. */

test.override('clockStart', '2026-09-20T09:00:00Z')
test.beforeAll(async ({ hub }) => {
  const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  for (const team of ['acme', 'bolt', 'calm']) {
    await hub.call('ops', 'PUT', `/v1/teams/${team}`, { ...profile, name: team })
    await hub.call('ops', 'PUT', `/v1/apps/${team}-app`, { teamId: team, name: 'App' })
    await hub.call(`hub:${team}`, 'PUT', `/v1/teams/${team}/plan`, { plan: 'paid', payAsYouGo: true })
    await hub.call(`hub:${team}`, 'PUT', `/v1/teams/${team}/hub`, { name: 'Hub' })
    await hub.call(`hub:${team}`, 'POST', `/v1/teams/${team}/hub/apps`, { appIds: [`${team}-app`] })
  }
  const use = (team: string, quantity: number) => ({
    specversion: '1.0',
    type: 'aps.usage.v1',
    source: 'urn:test',
    id: team,
    time: '2026-09-20T09:00:00Z',
    subject: `${team}-app`,
    data: { meter: 'automation-autocad', quantity },
  })
  // Ten units of 720 seconds, thirty, and none that is complete.
  await hub.call('meter', 'POST', '/v1/usage', [use('acme', 7_200), use('bolt', 21_600), use('calm', 700)])
  await hub.call('local', 'PUT', '/local/clock', { now: '2026-10-20T09:00:00Z' })
})

test.for([
  ['en', 1440],
  ['ja', 768],
  ['ja', 390],
] as const)('the catalog shows what is in force, in %s at %i px', async ([language, width], { hub }) => {
  const page = await hub.visitConsole('/ops/catalog', { language, width })
  await settled(page)
  await page
    .getByRole('button')
    .filter({ hasText: /Prepare a rate card|レート表を作成/ })
    .click()
  expect(
    await page.getByRole('textbox', { name: /US dollars per unit|単位ごとの米ドル/ }).count(),
  ).toBeGreaterThan(5)
  await expectAccessible(page)
  await expectNoSidewaysScrolling(page)
})

test('a card is corrected, measured on a past month, published, and comes into force', async ({ hub }) => {
  const page = await hub.visitConsole('/ops/catalog')
  await page.getByRole('button', { name: 'Prepare a rate card' }).click()
  const cell = page.getByRole('textbox', { name: /AutoCAD.*: Tokens per unit/ })
  await cell.first().fill('0.1234')
  await fillVersion(page, '2027', '01152027')
  await page.getByRole('button', { name: 'Check and show the consequences' }).click()
  // The message is next to the cell.
  await page.getByRole('cell').filter({ has: cell.first() }).getByRole('alert').waitFor()
  await cell.first().fill('0.8')
  await page.getByRole('button', { name: 'Check and show the consequences' }).click()
  await page
    .getByRole('heading', { name: /^Version 2027 is valid and would be in force from Jan 15, 2027/ })
    .waitFor()
  expect((await hub.call('ops', 'GET', '/v1/rate-cards')).upcoming).toEqual([])

  await page.getByRole('button', { name: 'Measure' }).click()
  await page.getByText('All asked teams measured: 3. The price changes for 2.').waitFor()
  const rows = page.getByRole('region', { name: 'A past month under these rows' }).getByRole('row')
  expect(await rows.allTextContents()).toEqual([
    expect.anything(),
    expect.stringMatching(/^Sum of 2/),
    expect.stringMatching(/^bolt/),
    expect.stringMatching(/^acme/),
  ])
  // Forty units at 1 token, then at 0.8 tokens; the price in dollars stays 3.00.
  expect(await cellsOf(page, 1)).toEqual(['40', '32', '$120.00', '$120.00'])
  expect(await cellsOf(page, 2)).toEqual(['30', '24', '$90.00', '$90.00'])
  await expectAccessible(page)

  const confirmation = page.getByRole('textbox', { name: 'To confirm, type 2027' })
  await confirmation.fill('2026')
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByText('This is not the version.').waitFor()
  await confirmation.fill('2027')
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByRole('heading', { name: /^Version 2027, from Jan 15, 2027/ }).waitFor()
  await hub.call('local', 'PUT', '/local/clock', { now: '2027-01-15T00:00:00Z' })
  await page.reload()
  await page.getByRole('heading', { name: 'Rates in force' }).waitFor()
  const inForce = page.getByRole('group', { name: 'Rates in force' }).getByRole('row').nth(1)
  await expect.poll(() => inForce.getByRole('cell').nth(2).textContent()).toBe('0.8')
  await page
    .getByText(/versions$/)
    .first()
    .click()
  await page.getByText('New contract').waitFor()
})

test('another kind is published as JSON, and its faults are named', async ({ hub }) => {
  const page = await hub.visitConsole('/ops/catalog')
  await page.getByRole('button', { name: 'Prepare a version: Countries of pay as you go' }).click()
  const text = page.getByRole('textbox', { name: 'Content as JSON' })
  await text.fill('{"countries": ["US", "usa"]}')
  await fillVersion(page, 'fewer', '06012027')
  await page.getByRole('button', { name: 'Check and show the consequences' }).click()
  await page.getByText('/countries/1').waitFor()
  await text.fill('{"countries": ["US", "JP"]}')
  await page.getByRole('button', { name: 'Check and show the consequences' }).click()
  await page.getByRole('textbox', { name: 'To confirm, type fewer' }).fill('fewer')
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByRole('heading', { name: /^Version fewer, from Jun 1, 2027/ }).waitFor()
  const { upcoming } = await hub.call('ops', 'GET', '/v1/pay-as-you-go-countries')
  expect(upcoming).toEqual([
    { version: 'fewer', effectiveAt: '2027-06-01T00:00:00Z', countries: ['US', 'JP'] },
  ])
})

test('no visitor saw an error on the console but the refused checks', ({ hub }) =>
  expect(hub.faults.filter((fault) => !fault.includes('400'))).toEqual([]))

/** Types the version, its day as month, day and year, and a reason. */
async function fillVersion(page: Page, version: string, day: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Version' }).fill(version)
  await page.getByRole('group', { name: 'In force from' }).getByRole('spinbutton').first().focus()
  await page.keyboard.type(day)
  await page.getByRole('textbox', { name: 'Reason' }).fill('New contract')
}

/** Figures of a row of the measurement. */
async function cellsOf(page: Page, row: number): Promise<readonly string[]> {
  const table = page.getByRole('region', { name: 'A past month under these rows' }).getByRole('table')
  return table.getByRole('row').nth(row).getByRole('cell').allTextContents()
}
