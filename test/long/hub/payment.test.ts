import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { type Hub, settled } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

/* Bills of September, charge-backs and purchases whose payment failed on the 3rd of October and later. */

test.override('clockStart', '2026-09-20T09:00:00Z')
test.beforeAll(async ({ hub }) => {
  for (const team of ['bill-en', 'bill-ja', 'late', 'back']) await payAsYouGo(hub, team)
  for (const team of ['buyer', 'changing'])
    await hub.call('ops', 'PUT', `/v1/teams/${team}`, { name: team, ...good })
  await hub.call('ops', 'PUT', '/v1/teams/poor', { name: 'poor', ...good, paymentMethod: 'none' })
  for (const team of ['bill-en', 'bill-ja', 'late', 'buyer', 'changing']) await behave(hub, team, 'decline')
  await hub.call('hub:back', 'POST', '/v1/teams/back/token-purchases', { purchaseId: 'p1', tokens: 100 })
  await use(hub, 'back', 30)
  await hub.call('local', 'PUT', '/local/clock', { now: '2026-10-03T12:00:00Z' })
  const chargedBack = { paymentId: 'bank-1', invoiceOrPurchaseId: 'back~p1', status: 'charged-back' }
  await hub.call('ops', 'POST', '/v1/payments', chargedBack)
})

const good = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }

const behave = (hub: Hub, team: string, behaviour: string) =>
  hub.call('local', 'PUT', `/local/payments/${team}`, { behaviour })

async function payAsYouGo(hub: Hub, team: string): Promise<void> {
  await hub.call('ops', 'PUT', `/v1/teams/${team}`, { name: team, ...good })
  await hub.call('ops', 'PUT', `/v1/apps/${team}-app`, { teamId: team, name: 'app' })
  await hub.call(`hub:${team}`, 'PUT', `/v1/teams/${team}/hub`, { name: 'hub' })
  await hub.call(`hub:${team}`, 'POST', `/v1/teams/${team}/hub/apps`, { appIds: [`${team}-app`] })
  await hub.call(`hub:${team}`, 'PUT', `/v1/teams/${team}/plan`, { plan: 'paid', payAsYouGo: true })
  if (team !== 'back') await use(hub, team, 1)
}

async function use(hub: Hub, team: string, units: number): Promise<void> {
  const event = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:test', id: `${team}-1` }
  const data = { meter: 'automation-autocad', quantity: units * 720 }
  const sent = { ...event, subject: `${team}-app`, time: '2026-09-20T09:00:00Z', data }
  await hub.call('meter', 'POST', '/v1/usage', [sent])
}

const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

describe.each([
  {
    language: 'en',
    failed: 'The payment of $3.00 for the invoice of September 2026 failed on Oct 3, 2026, 01:00 UTC.',
    next: 'The next try is on Oct 6, 2026, 01:00 UTC.',
    toInvoices: 'Invoices and payment',
    pay: 'Pay $3.00 now',
    test: 'Pay $3.00 with a test card',
    decline: 'Decline the payment',
    paid: 'Paid',
    open: 'Not paid yet',
  },
  {
    language: 'ja',
    failed: '2026年9月分の請求書のお支払い($3.00)は、2026年10月3日 01:00 UTC に失敗しました。',
    next: '次回は 2026年10月6日 01:00 UTC に再度お支払いを試みます。',
    toInvoices: '請求書とお支払い',
    pay: '今すぐ $3.00 を支払う',
    test: 'テスト用カードで $3.00 を支払う',
    decline: 'お支払いを失敗させる',
    paid: 'お支払いが完了しました',
    open: 'お支払いはまだ確認できていません',
  },
] as const)('in $language', ({ language, ...texts }) => {
  test("a declined bill says when it failed and when the next try is, and is paid on the processor's page", async ({
    hub,
  }) => {
    const page = await hub.visit('members', { team: `bill-${language}`, language })
    await page.getByText(`${texts.failed}${language === 'en' ? ' ' : ''}${texts.next}`).waitFor()
    await link(page, texts.toInvoices).click()
    await settled(page)
    // The open payment, and the list of documents.
    await expect.poll(() => page.getByText(texts.failed).count()).toBe(2)
    await expect.poll(() => page.getByText(texts.next).count()).toBe(2)
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
    await link(page, texts.pay).click()
    await button(page, texts.test).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
    await button(page, texts.decline).click()
    await page.getByRole('heading', { name: texts.open, exact: true }).waitFor()
    await link(page, texts.pay).click()
    await button(page, texts.test).click()
    await page.getByRole('heading', { name: texts.paid, exact: true }).waitFor()
    await expect.poll(() => page.getByText(texts.failed).count()).toBe(0)
    await expectAccessible(page)
  })
})

test("two clicks on the processor's page pay once", async ({ hub }) => {
  const page = await hub.visit('invoices', { team: 'late' })
  await link(page, 'Pay $3.00 now').click()
  await button(page, 'Pay $3.00 with a test card').dblclick()
  await page.getByRole('heading', { name: 'Paid', exact: true }).waitFor()
  const { payAsYouGo: now } = await hub.call('hub:late', 'GET', '/v1/teams/late/balance')
  expect(Object(now).creditUsdCents).toBeUndefined()
})

test('used tokens of a purchase that was charged back are paid alike', async ({ hub }) => {
  const page = await hub.visit('invoices', { team: 'back' })
  await page
    .getByText('used tokens of the charged-back purchase p1 failed on Oct 3, 2026, 12:00 UTC')
    .first()
    .waitFor()
  await link(page, 'Pay $90.00 now').click()
  await button(page, 'Pay $90.00 with a test card').click()
  await page.getByRole('heading', { name: 'Paid', exact: true }).waitFor()
  expect(await hub.call('hub:back', 'GET', '/v1/teams/back/balance')).toMatchObject({ dues: [] })
})

test("a declined purchase is paid on the processor's page, and its receipt is among the documents", async ({
  hub,
}) => {
  const page = await hub.visit('plan', { team: 'buyer' })
  await button(page, 'Review the purchase').click()
  await button(page, 'Pay $300.00').click()
  await page.getByRole('heading', { name: 'The payment for 100 tokens failed' }).waitFor()
  await page.getByText('You can pay until Nov 2, 2026, 12:00 UTC.').first().waitFor()
  await expectAccessible(page)
  // The other pages say it, too, in the same words.
  await page.getByRole('link', { name: 'Overview', exact: true }).click()
  await page.getByRole('heading', { name: 'The payment of tokens failed' }).waitFor()
  await page.getByText('You can pay until Nov 2, 2026, 12:00 UTC.').waitFor()
  await page.getByRole('link', { name: 'Plan and tokens' }).last().click()
  await link(page, 'Pay $300.00 now').first().click()
  await button(page, 'Pay $300.00 with a test card').click()
  await page.getByRole('heading', { name: 'Paid', exact: true }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/teams/buyer/plan')
  await page.getByRole('link', { name: 'Invoices', exact: true }).click()
  const row = page.getByRole('row').filter({ hasText: 'Receipt for 100 tokens' })
  await row.getByText('$300.00').waitFor()
  const saved = page.waitForEvent('download')
  await row.getByRole('button', { name: 'Download receipt' }).click()
  expect((await saved).suggestedFilename()).toMatch(/^buyer-receipt-.*\.html$/)
})

test('another payment method works from then on, for what failed as well', async ({ hub }) => {
  const page = await hub.visit('plan', { team: 'changing' })
  await button(page, 'Review the purchase').click()
  await button(page, 'Pay $300.00').click()
  await page.getByRole('heading', { name: 'The payment for 100 tokens failed' }).waitFor()
  await link(page, 'Change payment method').first().click()
  await button(page, 'Use a PayPal test account').click()
  await page.getByRole('heading', { name: 'Payment method: PayPal' }).waitFor()
  await button(page, 'Try the same payment method again').click()
  await page.getByRole('row').filter({ hasText: '$300.00' }).getByText('Paid', { exact: true }).waitFor()
})

test('a team without a payment method gets one, and buys', async ({ hub }) => {
  const page = await hub.visit('plan', { team: 'poor' })
  await page.getByRole('heading', { name: 'A payment method is required' }).waitFor()
  await link(page, 'Change payment method').click()
  await button(page, 'Use a test credit card').click()
  await page.getByRole('heading', { name: 'Payment method: Credit card' }).waitFor()
  await button(page, 'Review the purchase').click()
  await button(page, 'Pay $300.00').click()
  await page.getByRole('heading', { name: '100 tokens were added' }).waitFor()
})

test('no visitor saw an error on the console but answers that said no', ({ hub }) => {
  expect(hub.faults.filter((fault) => !fault.includes('status of 409'))).toEqual([])
})
