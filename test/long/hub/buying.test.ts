import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { type Hub, settled, signIn } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }
const good = ['reader', 'keys', 'slow', 'lost', 'twice', 'tabs', 'expired', 'dearer', 'owing'] as const

test.beforeAll(async ({ hub }) => {
  for (const team of good) await hub.call('ops', 'PUT', `/v1/teams/${team}`, { name: team, ...profile })
  const poor = { name: 'poor', ...profile, paymentMethod: 'none' }
  await hub.call('ops', 'PUT', '/v1/teams/poor', poor)
})

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const tokensField = (page: Page) => page.getByRole('textbox', { name: 'How many tokens' })

async function tokensOf(hub: Hub, team: string): Promise<unknown> {
  const { flex } = await hub.call(`hub:${team}`, 'GET', `/v1/teams/${team}/balance`)
  return Object(flex).tokens
}

async function purchasesOf(hub: Hub, team: string): Promise<readonly { readonly usdCents: number }[]> {
  const { purchases } = await hub.call(`hub:${team}`, 'GET', `/v1/teams/${team}/token-purchases`)
  return Object(purchases)
}

/** Opens the review of a purchase. */
async function review(page: Page, tokens: number): Promise<void> {
  await tokensField(page).fill(String(tokens))
  await button(page, 'Review the purchase').click()
  await page.getByRole('dialog', { name: 'Review and pay' }).getByText('Payment method').waitFor()
}

const isPurchase = (method: string, url: string) => method === 'POST' && !url.includes('preview')

describe.each([
  ['en', 'Review the purchase', 'Pay $120,000.00', 'Credit card', 'Oct 21, 2027, 00:00 UTC'],
  ['ja', '購入内容を確認', '$120,000.00 を支払う', 'クレジットカード', '2027年10月21日 00:00 UTC'],
] as const)('in %s', (language, next, pay, method, expiry) => {
  test('the review names tokens, price, payment method and expiry before anything is bought', async ({
    hub,
  }) => {
    const page = await hub.visit('plan', { team: 'reader', language })
    await settled(page)
    await page.locator('#tokens').getByRole('textbox').fill('50000')
    await button(page, next).click()
    const dialog = page.getByRole('dialog')
    await button(page, pay).waitFor()
    for (const text of ['50,000', '$2.40', '$120,000.00', method, expiry])
      await dialog.getByText(text, { exact: true }).first().waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
    expect(await purchasesOf(hub, 'reader')).toEqual([])
  })
})

test('the enter key leads to the review, buys nothing there, and the number is kept on the way back', async ({
  hub,
}) => {
  const page = await hub.visit('plan', { team: 'keys' })
  await tokensField(page).fill('250')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await button(page, 'Pay $750.00').waitFor()
  const hasFocus = () => dialog.evaluate((element) => element.contains(element.ownerDocument.activeElement))
  await expect.poll(hasFocus).toBe(true)
  for (const key of ['Enter', 'Enter', 'Space']) await page.keyboard.press(key)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => tokensField(page).inputValue()).toBe('250')
  expect(await purchasesOf(hub, 'keys')).toEqual([])
  await tokensField(page).focus()
  await page.keyboard.press('Enter')
  await button(page, 'Back').click()
  await expect.poll(() => tokensField(page).inputValue()).toBe('250')
  await tokensField(page).focus()
  await page.keyboard.press('Enter')
  await button(page, 'Pay $750.00').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '250 tokens were added' }).waitFor()
  expect(await purchasesOf(hub, 'keys')).toMatchObject([{ tokens: 250, usdCents: 75_000 }])
})

test('a double click pays once', async ({ hub }) => {
  const page = await hub.visit('plan', { team: 'twice' })
  await review(page, 100)
  await button(page, 'Pay $300.00').dblclick()
  await page.getByRole('heading', { name: '100 tokens were added' }).waitFor()
  expect(await purchasesOf(hub, 'twice')).toHaveLength(1)
})

test('a slow answer keeps the review open, and a reload meanwhile does not pay again', async ({ hub }) => {
  const page = await hub.visit('plan', { team: 'slow' })
  await review(page, 120)
  let answer = () => {}
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  let sent = () => {}
  const arrived = new Promise<void>((resolve) => {
    sent = resolve
  })
  await page.route('**/token-purchases', async (route) => {
    if (route.request().method() === 'GET') return route.continue()
    const response = await route.fetch()
    sent()
    await held
    await route.fulfill({ response }).catch(() => undefined)
  })
  await button(page, 'Pay $360.00').click()
  await page.getByText('However long it takes, you pay only once.').waitFor()
  await arrived
  await page.keyboard.press('Escape')
  await button(page, 'Back').waitFor()
  expect(await button(page, 'Back').isDisabled()).toBe(true)
  await page.reload()
  answer()
  await expect.poll(() => tokensField(page).inputValue()).toBe('120')
  await review(page, 120)
  await button(page, 'Pay $360.00').click()
  await page.getByRole('heading', { name: '120 tokens were added' }).waitFor()
  expect(await purchasesOf(hub, 'slow')).toHaveLength(1)
})

test('a purchase whose answer is lost is made once, under one id, however often it is sent', async ({
  hub,
}) => {
  const page = await hub.visit('plan', { team: 'lost' })
  await review(page, 200)
  const ids = new Set<string>()
  await page.route('**/token-purchases', async (route) => {
    if (route.request().method() === 'GET') return route.continue()
    ids.add(route.request().postDataJSON().purchaseId)
    await route.fetch()
    await route.abort()
  })
  await button(page, 'Pay $600.00').click()
  await page.getByRole('dialog').getByRole('heading', { name: 'No answer' }).waitFor()
  await page.unroute('**/token-purchases')
  await button(page, 'Pay $600.00').click()
  await page.getByRole('heading', { name: '200 tokens were added' }).waitFor()
  expect(ids.size).toBe(1)
  expect(await tokensOf(hub, 'lost')).toBe(200)
})

test('a number that was refused before its preview came can be corrected', async ({ hub }) => {
  const page = await hub.visit('plan', { team: 'reader' })
  await page.route('**/token-purchases?preview=true', (route) => route.abort())
  await tokensField(page).fill('2000000')
  await button(page, 'Review the purchase').click()
  await page.getByRole('dialog').getByRole('heading', { name: 'No answer' }).waitFor()
  expect(await page.getByRole('button', { name: /^Pay/ }).count()).toBe(0)
  await button(page, 'Back').click()
  await page.unroute('**/token-purchases?preview=true')
  await tokensField(page).fill('2000001')
  await page.getByText('must be at most 1000000').waitFor()
  await expect.poll(() => button(page, 'Review the purchase').isDisabled()).toBe(true)
  await tokensField(page).fill('200')
  await page.getByText('must be at most 1000000').waitFor({ state: 'detached' })
  await expect.poll(() => button(page, 'Review the purchase').isEnabled()).toBe(true)
})

test('another number under the id of a purchase whose answer was lost starts a new purchase', async ({
  hub,
}) => {
  const page = await hub.visit('plan', { team: 'lost' })
  await review(page, 300)
  await page.route('**/token-purchases', async (route) => {
    if (route.request().method() === 'GET') return route.continue()
    await route.fetch()
    await route.abort()
  })
  await button(page, 'Pay $900.00').click()
  await page.getByRole('dialog').getByRole('heading', { name: 'No answer' }).waitFor()
  await page.unroute('**/token-purchases')
  await button(page, 'Back').click()
  await review(page, 400)
  await button(page, 'Pay $1,200.00').click()
  await button(page, 'Start a new purchase').click()
  await button(page, 'Pay $1,200.00').click()
  await page.getByRole('heading', { name: '400 tokens were added' }).waitFor()
  expect(await tokensOf(hub, 'lost')).toBe(900)
})

test('each of two tabs pays for its own purchase, and both list them', async ({ hub }) => {
  const first = await hub.visit('plan', { team: 'tabs' })
  const second = await hub.visit('plan', { team: 'tabs' })
  await review(first, 110)
  await review(second, 130)
  await button(first, 'Pay $330.00').click()
  await first.getByRole('heading', { name: '110 tokens were added' }).waitFor()
  await button(second, 'Pay $390.00').click()
  await second.getByRole('heading', { name: '130 tokens were added' }).waitFor()
  for (const page of [first, second])
    await expect.poll(() => page.getByRole('row').filter({ hasText: '$390.00' }).count()).toBe(1)
  expect(await purchasesOf(hub, 'tabs')).toHaveLength(2)
})

test('a session that ends in the review returns to the number without having bought', async ({ hub }) => {
  const page = await hub.visit('plan', { team: 'expired' })
  await review(page, 150)
  // The payment alone is refused: the page does not wait for a read to find out.
  await page.route('**/v1/**', (route) =>
    isPurchase(route.request().method(), route.request().url())
      ? route.fulfill({ status: 401, json: { message: 'Unauthorized' } })
      : route.continue(),
  )
  await button(page, 'Pay $450.00').click()
  await page.getByRole('searchbox').waitFor()
  await page.unroute('**/v1/**')
  await signIn(page, { team: 'expired' })
  await expect.poll(() => tokensField(page).inputValue()).toBe('150')
  expect(await page.getByRole('dialog').count()).toBe(0)
  expect(await purchasesOf(hub, 'expired')).toEqual([])
  await review(page, 150)
  await button(page, 'Pay $450.00').click()
  await page.getByRole('heading', { name: '150 tokens were added' }).waitFor()
})

test('a team without a payment method learns before the review what to do', async ({ hub }) => {
  const page = await hub.visit('plan', { team: 'poor' })
  await page.getByRole('heading', { name: 'A payment method is required' }).waitFor()
  await expect.poll(() => button(page, 'Review the purchase').isDisabled()).toBe(true)
  await tokensField(page).focus()
  await page.keyboard.press('Enter')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await expectAccessible(page)
})

test('a developer sees prices, and cannot open the review', async ({ hub }) => {
  const page = await hub.visit('plan', { team: 'reader', role: 'developer' })
  await page.getByText('100 tokens × $3.00').waitFor()
  await expect.poll(() => button(page, 'Review the purchase').isDisabled()).toBe(true)
  await tokensField(page).focus()
  await page.keyboard.press('Enter')
  expect(await page.getByRole('dialog').count()).toBe(0)
})

test('a price that changes during the review is shown, and agreed to, before it is paid', async ({ hub }) => {
  const steps = [{ fromTokens: 100, unitPriceUsdCents: 310 }]
  const list = { effectiveAt: '2026-10-22T00:00:00Z', minimumTokens: 100, steps }
  await hub.call('ops', 'PUT', '/v1/price-lists/dearer', list)
  const page = await hub.visit('plan', { team: 'dearer' })
  await review(page, 100)
  let show = () => {}
  const held = new Promise<void>((resolve) => {
    show = resolve
  })
  await page.route('**/token-purchases?preview=true', (route) => held.then(() => route.continue()))
  await hub.call('local', 'PUT', '/local/clock', { now: '2026-10-22T00:00:00Z' })
  const refused = page.waitForResponse(
    (response) => isPurchase(response.request().method(), response.url()) && response.status() === 409,
  )
  await button(page, 'Pay $300.00').click()
  await refused
  show()
  await page.getByText('It was $300.00 and is now $310.00. Nothing has been bought.').waitFor()
  await expect.poll(() => button(page, 'Pay $310.00').isDisabled()).toBe(true)
  await expectAccessible(page)
  await button(page, 'Continue at $310.00').click()
  expect(await purchasesOf(hub, 'dearer')).toEqual([])
  await button(page, 'Pay $310.00').click()
  await page.getByRole('heading', { name: '100 tokens were added' }).waitFor()
  expect(await purchasesOf(hub, 'dearer')).toMatchObject([{ usdCents: 31_000 }])
})

test('no visitor saw an error on the console but answers that were lost, or said no', ({ hub }) => {
  const expected = ['net::ERR_FAILED', 'status of 400', 'status of 409', 'status of 401']
  expect(hub.faults.filter((fault) => !expected.some((part) => fault.includes(part)))).toEqual([])
})
