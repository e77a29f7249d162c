import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { type Hub, settled } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { standStill } from '../../support/page-clock.ts'
import { test } from '../../support/page-fixtures.ts'

const complex = 'model-derivative-complex-job'
const complexName = { en: /Model Derivative.*complex/i, ja: /コンプレックスの変換ジョブ/ }

/** Uses a meter of a team's app, in one authorization. */
async function use(hub: Hub, id: string, app: string, quantity: number): Promise<void> {
  const body = { authorizationId: id, appId: app, meter: complex, quantity }
  const { decision } = await hub.call('meter', 'POST', '/v1/authorizations', body)
  expect(decision).toBe('allow')
  await hub.call('meter', 'POST', `/v1/authorizations/${id}/captures`, { used: quantity, final: true })
}

async function register(hub: Hub, team: string, plan: object): Promise<void> {
  const path = `/v1/teams/${team}`
  const profile = { name: team, country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await hub.call('ops', 'PUT', path, profile)
  await hub.call('ops', 'PUT', `/v1/apps/${team}-app`, { teamId: team, name: 'App' })
  await hub.call(`hub:${team}`, 'PUT', `${path}/plan`, plan)
  await hub.call(`hub:${team}`, 'PUT', `${path}/hub`, { name: 'Hub' })
  await hub.call(`hub:${team}`, 'POST', `${path}/hub/apps`, { appIds: [`${team}-app`] })
}

test.beforeAll(async ({ hub }) => {
  await Promise.all([
    register(hub, 'acme', { plan: 'free' }),
    register(hub, 'full', { plan: 'free' }),
    register(hub, 'mixed', { plan: 'free' }),
    register(hub, 'payer', { plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 10_000 }),
  ])
  await hub.call('hub:payer', 'POST', '/v1/teams/payer/token-purchases', { purchaseId: 'p', tokens: 100 })
  // Three units of 2 jobs at 3 tokens, and one job carried on.
  await use(hub, 'paid-1', 'payer-app', 7)
  // Three jobs that were free; then two units of 2 jobs, and one job carried on.
  await use(hub, 'mixed-1', 'mixed-app', 3)
  await hub.call('hub:mixed', 'PUT', '/v1/teams/mixed/plan', { plan: 'paid', payAsYouGo: true })
  await use(hub, 'mixed-2', 'mixed-app', 5)
})

const gauge = (page: Page) => page.getByRole('meter', { name: complexName.en })

test('use by a service is on the page within ten seconds of its clock, without a reload', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'acme' })
  const nothing = page.getByText('Nothing has been used this month.')
  const clock = await standStill(page, () => nothing.waitFor())
  await page.evaluate('window.sameDocument = true')
  // The worst moment: the page has just asked, so it asks again as late as it ever does.
  await clock.moveJustPastAsking(/\/teams\/acme\/balance$/)
  await use(hub, 'live-1', 'acme-app', 3)
  expect(await nothing.isVisible()).toBe(true)
  await clock.move(10_000)
  await page.getByText('3 jobs of 20 jobs used').waitFor()
  await expect.poll(() => gauge(page).getAttribute('aria-valuetext')).toBe('3 jobs of 20 jobs used')
  expect(await page.evaluate('window.sameDocument')).toBe(true)
})

test('a gauge is red from four fifths on, and what is held counts', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'acme' })
  await gauge(page).waitFor()
  await expect.poll(() => page.locator('.gauge.full').count()).toBe(0)
  const body = { authorizationId: 'held-1', appId: 'acme-app', meter: complex, quantity: 13 }
  await hub.call('meter', 'POST', '/v1/authorizations', body)
  await page.locator('.gauge.full').waitFor()
  await page.getByText('13 jobs held').waitFor()
})

test('a used-up free amount is refused, with what lifts it: the paid plan does, at once', async ({ hub }) => {
  await use(hub, 'full-1', 'full-app', 20)
  const page = await hub.visit('overview', { team: 'full' })
  const refusal = page.getByRole('region', { name: 'none' }).or(page.locator('.notice.bad'))
  await refusal
    .getByText(/Nov 1, 2026/)
    .first()
    .waitFor()
  await refusal.getByRole('link', { name: 'Plan and tokens' }).waitFor()
  await refusal.getByRole('listitem').filter({ hasText: '20 jobs of 20 jobs used' }).waitFor()
  // The other meters of the API name the one that stops them.
  await expect
    .poll(() => page.locator('.gauge .note').allTextContents())
    .toEqual(Array(2).fill('Stopped by Model Derivative API: complex jobs'))
  await refusal
    .getByText('free amount of Model Derivative API: complex jobs is used up, which stops its whole API')
    .waitFor()
  // Neither does all work, nor is a meter called by its id.
  await page.getByText('Some APIs cannot be called now').waitFor()
  await expect.poll(() => page.getByRole('main').textContent()).not.toContain(complex)
  await hub.call('hub:full', 'PUT', '/v1/teams/full/plan', { plan: 'paid', payAsYouGo: true })
  await refusal.first().waitFor({ state: 'detached' })
  await page.getByRole('banner').getByText('Paid plan').waitFor()
})

test('a paid team sees its lots with their expiry, its remainder, and what it spends against the limit', async ({
  hub,
}) => {
  const page = await hub.visit('overview', { team: 'payer' })
  await page.getByText('91 tokens left').waitFor()
  await page.getByRole('link', { name: '91 of 100 left' }).waitFor()
  await page.getByText(/Expires on Oct 21, 2027/).waitFor()
  await page.getByText('1 job of 2 jobs').waitFor()
  await page.getByRole('meter', { name: 'Spend limit' }).waitFor()
})

/** Cells of a meter in the overview of a paid team: used, charged and paid with, held, remainder. */
const monthOf = (page: Page) => page.getByRole('region', { name: 'Use of paid meters, October 2026' })
const cellsOf = (page: Page) => monthOf(page).locator('td').allInnerTexts()

test('a paid team sees what it used this month, what that cost, and where its days are', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'payer' })
  await expect.poll(() => cellsOf(page)).toEqual(['7 jobs', '3 units\n9 tokens', '–', '1 job of 2 jobs'])
  const link = monthOf(page).getByRole('link', { name: complexName.en })
  await expect.poll(() => link.getAttribute('href')).toBe(`/teams/payer/usage?meter=${complex}`)
})

test('the use of a paid team grows without a reload, and counts what was free before the change of plan', async ({
  hub,
}) => {
  const page = await hub.visit('overview', { team: 'mixed' })
  // 3 free jobs and 5 that are paid: 2 units of 2 jobs at 9 dollars.
  await expect.poll(() => cellsOf(page)).toEqual(['8 jobs', '2 units\n$18.00', '–', '1 job of 2 jobs'])
  await use(hub, 'mixed-3', 'mixed-app', 1)
  await expect.poll(() => cellsOf(page)).toEqual(['9 jobs', '3 units\n$27.00', '–', '0 jobs of 2 jobs'])
})

test('without an answer on the use, the page says so, shows what it has, and gets it by itself', async ({
  hub,
}) => {
  const page = await hub.visit('members', { team: 'payer' })
  await page.route('**/usage?*', (route) => route.fulfill({ status: 503, body: '{}' }))
  await page.goto('/teams/payer/overview')
  await page.getByRole('alert').waitFor()
  await expect.poll(() => cellsOf(page)).toEqual(['–', '1 job of 2 jobs'])
  await page.unroute('**/usage?*')
  await expect.poll(() => cellsOf(page)).toHaveLength(4)
})

describe.each(['en', 'ja'] as const)('in %s', (language) => {
  test.for(['acme', 'payer'])(
    'the overview of %s can be used by everybody, everywhere',
    async (team, { hub }) => {
      const page = await hub.visit('overview', { team, language })
      await settled(page)
      await page.getByRole('button', { name: /Move the clock|時計を進める/ }).click()
      await page.getByRole('slider').waitFor()
      await expectAccessible(page)
      await expectNoSidewaysScrolling(page)
    },
  )
})

test('without a connection the page says so, keeps what it showed, and goes on when it is back', async ({
  hub,
}) => {
  const page = await hub.visit('overview', { team: 'payer' })
  await page.getByText('91 tokens left').waitFor()
  // Pages are loaded in advance, so that they open without a connection, too.
  const isLoaded = `performance.getEntriesByType('resource').some(({ name }) => /\\/notifications-(?!page)/.test(name))`
  await expect.poll(() => page.evaluate(isLoaded)).toBe(true)
  await page.context().setOffline(true)
  await page.getByText('What is shown is as of Oct 20, 2026, 09:00 UTC').waitFor()
  await page.getByText('91 tokens left').waitFor()
  await page.getByRole('link', { name: 'Members' }).click()
  await page.getByRole('alert').getByText('No connection').waitFor()
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.getByText('91 tokens left').waitFor()
  await page.context().setOffline(false)
  await page.getByText('Not up to date').waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'Members' }).click()
  await page.getByText('Nobody has been added yet.').waitFor()
})

test('a service that fails is said, and asked again by a button', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'payer' })
  await page.route('**/members', (route) => route.fulfill({ status: 503, body: '{}' }))
  await page.getByRole('link', { name: 'Members' }).click()
  await page.getByRole('alert').waitFor()
  await page.unroute('**/members')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Nobody has been added yet.').waitFor()
})

test('a failure stays on the page during the next request, and goes when there is an answer', async ({
  hub,
}) => {
  const page = await hub.visit('members', { team: 'payer' })
  const asked = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  let isFailing = true
  await page.route('**/balance', async (route) => {
    if (isFailing) return route.fulfill({ status: 503, body: '{}' })
    asked.resolve()
    await released.promise
    await route.continue()
  })
  await page.goto('/teams/payer/overview')
  const failure = page.getByRole('alert').getByText('No answer')
  await failure.waitFor()
  isFailing = false
  await asked.promise
  expect(await failure.isVisible()).toBe(true)
  released.resolve()
  await page.getByText('91 tokens left').waitFor()
  expect(await failure.isVisible()).toBe(false)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})

test('the time machine, by keyboard alone: a month ends, and its free amounts are whole again', async ({
  hub,
}) => {
  const page = await hub.visit('overview', { team: 'acme' })
  await gauge(page).waitFor()
  await page.getByRole('button', { name: 'Move the clock' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('slider').focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('button', { name: 'Move to Oct 20, 2026, 10:00 UTC' }).waitFor()
  await page.getByRole('button', { name: 'Month ends Nov 1, 2026, 00:00 UTC' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Move to Nov 1, 2026, 00:00 UTC' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Test clock: Nov 1, 2026, 00:00 UTC').waitFor()
  await page.getByText('Nothing has been used this month.').waitFor()
  await page.getByText('November 2026').first().waitFor()
  // The button has nothing more to do; the focus is on the slider, for the next move.
  const focused = () => page.evaluate('document.activeElement.type')
  await expect.poll(focused).toBe('range')
})

test('in a new month a paid team has used nothing yet, and its remainder is still there', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'payer' })
  const month = page.getByRole('region', { name: 'Use of paid meters, November 2026' })
  await expect
    .poll(() => month.locator('td').allInnerTexts())
    .toEqual(['0 jobs', '0 units', '–', '1 job of 2 jobs'])
})

test('no visitor saw an error on the console', ({ hub }) => {
  // A refused connection and a failing service are on the browser's console, whatever the page does with them.
  const unexpected = hub.faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED|status of 503/.test(fault))
  expect(unexpected).toEqual([])
})
