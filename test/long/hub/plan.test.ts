import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { type Hub, settled } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

test.beforeAll(async ({ hub }) => {
  const good = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  for (const team of ['acme', 'buyer', 'late', 'declined'])
    await hub.call('ops', 'PUT', `/v1/teams/${team}`, { name: team, ...good })
  await hub.call('ops', 'PUT', '/v1/teams/far', {
    name: 'far',
    ...good,
    country: 'BR',
    paymentMethod: 'none',
  })
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/plan', { plan: 'free' })
  await hub.call('hub:far', 'PUT', '/v1/teams/far/plan', { plan: 'paid' })
})

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const balanceOf = (hub: Hub, team: string) => hub.call(`hub:${team}`, 'GET', `/v1/teams/${team}/balance`)

describe.each([
  ['en', 'Automation API: Revit Unverified', '5 hr12 min1$3.00', 'No official figure is published'],
  ['ja', 'Automation API: Revit 未確認', '5 時間12 分1$3.00', '公式の数値が公表されていない'],
] as const)('in %s', (language, revit, amounts, meaning) => {
  test('both plans stand side by side, with the whole rate card and what is unverified in it', async ({
    hub,
  }) => {
    const page = await hub.visit('plan', { team: 'acme', language })
    await settled(page)
    await expect.poll(() => page.getByRole('radio').count()).toBe(2)
    const row = page.getByRole('row').filter({ hasText: revit })
    await expect.poll(() => row.textContent()).toBe(revit + amounts)
    await expect.poll(() => page.getByRole('rowheader').filter({ hasText: 'API' }).count()).toBe(10)
    await expect.poll(() => page.getByText(meaning).count()).toBeGreaterThan(0)
    await page.getByText(/countries with pay as you go|利用できる国\(/).click()
    await page
      .getByRole('listitem')
      .getByText(language === 'ja' ? '日本' : 'Japan', { exact: true })
      .waitFor()
    await page.getByText(/APIs that are not rated|課金対象外の API\(/).click()
    await expect.poll(() => page.getByRole('listitem').getByText('Webhooks').isVisible()).toBe(true)
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
  })
})

test('a change of plan shows its result before it is made, and reports when it is done', async ({ hub }) => {
  const page = await hub.visit('plan', { team: 'acme' })
  await page.getByRole('radio', { name: 'Paid plan' }).check({ force: true })
  const preview = page.getByRole('region', { name: 'What would change' })
  await preview.getByText('Free plan → Paid plan').waitFor()
  await preview.getByText('Refused then: Not enough Flex tokens').waitFor()
  const threeTokens = 'At least 3 tokens are missing. Model Derivative API: complex jobs'
  await preview.getByRole('listitem').filter({ hasText: threeTokens }).waitFor()
  await page.getByRole('checkbox', { name: /^Pay as you go/ }).check({ force: true })
  await preview.getByText('Nothing would be refused.').waitFor()
  await page.getByRole('textbox', { name: 'Spend limit' }).fill('250')
  await preview.getByText('Pay as you go ends at $250.00 a month.').waitFor()
  await expectAccessible(page)
  expect((await balanceOf(hub, 'acme')).plan).toBe('free')
  await button(page, 'Change to the paid plan').click()
  await page.getByRole('heading', { name: 'The team is on the Paid plan' }).waitFor()
  const { plan, payAsYouGo } = await balanceOf(hub, 'acme')
  expect([plan, payAsYouGo]).toMatchObject(['paid', { enabled: true, spendLimitUsdCents: 25_000 }])
})

test('back to free is said to come with the next month, and may be taken back until then', async ({
  hub,
}) => {
  const page = await hub.visit('plan', { team: 'acme' })
  await page.getByRole('radio', { name: 'Free plan' }).check({ force: true })
  await page.getByText('On Nov 1, 2026, 00:00 UTC. Until then nothing changes.').waitFor()
  await button(page, 'Change to the free plan').click()
  await page.getByText('From Nov 1, 2026, 00:00 UTC: Free plan.').waitFor()
  await page.getByRole('radio', { name: 'Paid plan' }).check({ force: true })
  await button(page, 'Save the change').click()
  await page.getByText('From Nov 1, 2026, 00:00 UTC: Free plan.').waitFor({ state: 'detached' })
  expect((await balanceOf(hub, 'acme')).nextPlan).toBeUndefined()
})

test('a choice made while the page still reads again after a change is kept', async ({ hub }) => {
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/plan', { plan: 'paid' })
  const page = await hub.visit('plan', { team: 'acme' })
  await page.getByRole('radio', { name: 'Free plan' }).check({ force: true })
  await page.getByText('On Nov 1, 2026, 00:00 UTC. Until then nothing changes.').waitFor()
  let answer = () => {}
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  const team = page.waitForRequest(/\/teams\/acme$/)
  await page.route(/\/teams\/acme$/, (route) => held.then(() => route.continue()))
  await button(page, 'Change to the free plan').click()
  await page.getByText('From Nov 1, 2026, 00:00 UTC: Free plan.').waitFor()
  await team
  await page.getByRole('radio', { name: 'Paid plan' }).check({ force: true })
  await button(page, 'Save the change').waitFor()
  const answered = page.waitForResponse(/\/teams\/acme$/)
  answer()
  // A 304 has no body, so the browser reports no end of it.
  await answered
  await settled(page)
  await button(page, 'Save the change').click()
  await page.getByText('From Nov 1, 2026, 00:00 UTC: Free plan.').waitFor({ state: 'detached' })
})

test('pay as you go that is not offered says which of its conditions fail', async ({ hub }) => {
  const page = await hub.visit('plan', { team: 'far' })
  const conditions = page.getByRole('list', { name: 'Conditions of pay as you go' }).getByRole('listitem')
  await conditions.first().waitFor()
  await expect
    .poll(() => conditions.allTextContents())
    .toEqual([
      'Not met. Country where it is offered: Brazil. Use Flex tokens instead.',
      "Not met. Credit card or PayPal: none. Add a credit card or PayPal to the team's Autodesk account.",
      'Met. Account in good standing: good. ',
    ])
  await expect.poll(() => page.getByRole('checkbox', { name: /^Pay as you go/ }).isDisabled()).toBe(true)
  await page.getByRole('heading', { name: 'A payment method is required' }).waitFor()
})

test('the price follows the typing, by the steps of the price list', async ({ hub }) => {
  const page = await hub.visit('plan', { team: 'buyer' })
  const field = page.getByRole('textbox', { name: 'How many tokens' })
  await page.getByText('From 5,000 tokens on, each costs $2.85 ($14,250.00 in all).').waitFor()
  await field.fill('99')
  await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
  await expect.poll(() => button(page, 'Review the purchase').isDisabled()).toBe(true)
  await field.fill('4900')
  await page.getByText('4,900 tokens × $3.00 =$14,700.00').waitFor()
  await page.getByText('5,000 tokens cost no more: $14,250.00 in all').waitFor()
  await field.fill('50000')
  await page.getByText('50,000 tokens × $2.40 =$120,000.00').waitFor()
  await page.getByText('They expire on Oct 21, 2027, 00:00 UTC.').waitFor()
  await field.fill('2000000')
  await page.getByText('must be at most 1000000').waitFor()
})

test('a payment that is on its way is said to be, and its tokens show by themselves', async ({ hub }) => {
  await hub.call('local', 'PUT', '/local/payments/late', { behaviour: 'late', lateSeconds: 3_600 })
  const page = await hub.visit('plan', { team: 'late', language: 'ja' })
  await button(page, '購入内容を確認').click()
  await button(page, '$300.00 を支払う').click()
  await page.getByText('100 トークンの購入を受け付け、お支払いを処理しています').waitFor()
  await expectAccessible(page)
  await hub.call('local', 'PUT', '/local/clock', { now: '2026-10-20T10:30:00Z' })
  await page.getByText('100 トークンを追加しました').waitFor()
})

test('a purchase whose payment failed is paid again, and another one is given up', async ({ hub }) => {
  const behave = (behaviour: string) => hub.call('local', 'PUT', '/local/payments/declined', { behaviour })
  const buy = (purchaseId: string) =>
    hub.call('hub:declined', 'POST', '/v1/teams/declined/token-purchases', { purchaseId, tokens: 100 })
  await behave('decline')
  await buy('order-1')
  await buy('order-2')
  const page = await hub.visit('plan', { team: 'declined' })
  const row = (purchaseId: string) => page.getByRole('row').filter({ hasText: purchaseId })
  await row('order-1').getByText('Payment failed').waitFor()
  await expectAccessible(page)
  await behave('settle')
  await row('order-1').getByRole('button', { name: 'Try the same payment method again' }).click()
  await row('order-1').getByText('Paid', { exact: true }).waitFor()
  await row('order-2').getByRole('button', { name: 'Give up the purchase' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('It cannot be paid after that.').waitFor()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Give up the purchase' }).click()
  await row('order-2').getByText('Given up').waitFor()
  expect((await balanceOf(hub, 'declined')).flex).toMatchObject({ tokens: 100 })
})

test('a developer sees the plans and prices, and can choose and buy nothing', async ({ hub }) => {
  const page = await hub.visit('plan', { team: 'acme', role: 'developer' })
  await page.getByText('100 tokens × $3.00').waitFor()
  await expect.poll(() => page.getByRole('radio').first().isDisabled()).toBe(true)
  await expect.poll(() => button(page, 'Review the purchase').isDisabled()).toBe(true)
  await page.getByText('Only an admin can do this.').first().waitFor()
  await page.getByText('Only an admin can change the plan').waitFor()
})

test('no visitor saw an error on the console but answers that were lost, or said no', ({ hub }) => {
  const expected = ['net::ERR_FAILED', 'status of 409', 'status of 400']
  expect(hub.faults.filter((fault) => !expected.some((part) => fault.includes(part)))).toEqual([])
})
