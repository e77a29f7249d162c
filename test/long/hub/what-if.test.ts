import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import type { WhatIfAnswer } from '../../../contract/what-if.ts'
import { formatIn } from '../../../hub/format.ts'
import { type Hub, settled } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

/* September: 41 complex jobs are 20 units for $9.00 or 3 tokens, and 7,500 seconds of AutoCAD 10 units for $3.00 or a token. */

test.beforeAll(async ({ hub }) => {
  const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await hub.call('ops', 'PUT', '/v1/teams/acme', { name: 'acme', ...profile })
  await hub.call('ops', 'PUT', '/v1/teams/idle', { name: 'idle', ...profile, country: 'BR' })
  await hub.call('ops', 'PUT', '/v1/apps/viewer', { teamId: 'acme', name: 'Viewer' })
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/plan', { plan: 'paid' })
  const use = (day: string, meter: string, quantity: number) => ({
    ...{ specversion: '1.0', type: 'aps.usage.v1', source: 'urn:test', id: `${meter}-${day}` },
    ...{ time: `2026-09-${day}T10:00:00Z`, subject: 'viewer', data: { meter, quantity } },
  })
  await hub.call('meter', 'POST', '/v1/usage', [
    use('20', 'model-derivative-complex-job', 19),
    use('28', 'model-derivative-complex-job', 22),
    use('29', 'automation-autocad', 7_500),
  ])
})

const ask = async (hub: Hub, body: object) =>
  (await hub.call('hub:acme', 'POST', '/v1/teams/acme/what-if', body)) as WhatIfAnswer
const cards = (page: Page) => page.locator('.plan-costs > li')
const totalsOf = (page: Page) => page.locator('.plan-costs .total').allTextContents()

describe.each([
  ['en', 'Best: Pay as you go', 'Costs by meter', 'Quantities that I type'],
  ['ja', '最適なプラン: 後払い(従量課金)', 'メーターごとの内訳', '使用量を入力'],
] as const)('in %s', (language, best, byMeter, typed) => {
  test('the last month has the figures of the API, and the best plan is marked', async ({ hub }) => {
    const format = formatIn(language)
    const page = await hub.visit('what-if', { team: 'acme', language })
    const answer = await ask(hub, { use: { month: '2026-09' } })
    const totals = [...answer.plans, answer.before].map(({ usdCents = -1 }) => format.usd(usdCents))
    await expect.poll(() => totalsOf(page)).toEqual(totals)
    expect(totals).toEqual(['$0.00', '$210.00', '$300.00', '$300.00'])
    await expect.poll(() => page.getByText(best).count()).toBe(1)
    await expect
      .poll(() =>
        cards(page)
          .filter({ has: page.locator('.badge.good') })
          .count(),
      )
      .toBe(1)
    await page.getByText(byMeter, { exact: true }).click()
    const row = page.getByRole('row').filter({ hasText: '$180.00' })
    await expect.poll(() => row.count()).toBe(1)
    await settled(page)
    await expectAccessible(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
  })

  test('typed quantities and a purchase stay in the URL, through a reload and Back', async ({ hub }) => {
    const page = await hub.visit('what-if', { team: 'acme', language })
    await page.getByRole('radio', { name: typed }).focus()
    await page.keyboard.press('Space')
    const complex = page.getByLabel(/complex|コンプレックス/i)
    await complex.focus()
    await page.keyboard.type('3300')
    await expect.poll(() => totalsOf(page)).toEqual(['$0.00', '$14,850.00', '$14,250.00', '$4,950.00'])
    await page.getByLabel(/^Tokens$|^購入するトークン数$/).fill('100')
    await expect.poll(() => page.locator('.course li').count()).toBe(4)
    await expect.poll(() => cards(page).count()).toBe(5)
    await page.reload()
    await expect.poll(() => complex.inputValue()).toBe('3,300')
    await expect.poll(() => page.locator('.course li').count()).toBe(4)
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
    await page.goBack()
    await expect.poll(() => page.locator('.course li').count()).toBe(0)
  })
})

test('the course of a purchase has the days and the price of the API', async ({ hub }) => {
  const format = formatIn('en')
  const page = await hub.visit('what-if', { team: 'acme' })
  await page.goto('/teams/acme/what-if?tokens=200&on=2026-11-02')
  const { purchase } = await ask(hub, {
    use: { month: '2026-09' },
    purchase: { tokens: 200, on: '2026-11-02' },
  })
  const course = page.locator('.course')
  await expect.poll(() => course.textContent()).toContain('200 tokens for $3.00 each cost $600.00.')
  await expect.poll(() => course.textContent()).toContain(format.day(purchase?.runOutOn ?? ''))
  await page.getByLabel(/^Tokens$/).fill('99')
  await expect.poll(() => page.locator('.react-aria-FieldError').textContent()).toContain('100 tokens')
  await expect.poll(() => course.count()).toBe(0)
})

test('a developer sees tokens and refusals of the month, and money of typed use', async ({ hub }) => {
  const page = await hub.visit('what-if', { team: 'acme', role: 'developer' })
  await expect.poll(() => totalsOf(page)).toEqual(['No cost', '70 tokens', '24 tokens'])
  expect(await page.locator('main').textContent()).not.toContain('$')
  await page.getByRole('radio', { name: 'Quantities that I type' }).check({ force: true })
  await page.getByLabel(/complex/i).fill('41')
  await expect.poll(() => totalsOf(page)).toEqual(['$0.00', '$180.00', '$300.00', '$300.00'])
})

test('a month without use, and a country without pay-as-you-go, are said', async ({ hub }) => {
  const page = await hub.visit('what-if', { team: 'idle' })
  await expect.poll(() => page.getByText('There was no use that costs anything').count()).toBe(1)
  await page.goto('/teams/idle/what-if?use=typed&quantities=model-derivative-complex-job:41')
  await expect.poll(() => page.getByText('Best: Flex tokens.').count()).toBe(1)
  await expect.poll(() => page.getByText("Not offered in the team's country.").count()).toBe(1)
})

test('the consoles stayed silent', ({ hub }) => {
  expect(hub.faults).toEqual([])
})
