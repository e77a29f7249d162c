import { describe, expect } from 'vitest'
import { pages } from '../../../hub/paths.ts'
import { settled, signIn } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

test.beforeAll(async ({ hub }) => {
  const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await hub.call('ops', 'PUT', '/v1/teams/acme', { name: 'Acme Works', ...profile })
  await hub.call('ops', 'PUT', '/v1/teams/other', { name: 'Others', ...profile })
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/plan', { plan: 'free' })
})

describe.each([
  ['en', 'Choose a sample team', 'Overview', 'Free plan'],
  ['ja', 'サンプルチームを選択', '概要', '無料プラン'],
] as const)('in %s', (language, choose, title, plan) => {
  test('a visitor of the page picks a team and sees its overview', async ({ hub }) => {
    const page = await hub.open('/', { language })
    await page.getByRole('heading', { level: 1, name: choose }).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
    await page.getByRole('button', { name: 'Acme Works' }).click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await expect.poll(() => new URL(page.url()).pathname).toBe('/teams/acme/overview')
    await page.getByRole('banner').getByText(plan).waitFor()
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe(language)
    await settled(page)
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
  })
})

test('a visitor who follows a link sees its page after signing in', async ({ hub }) => {
  const page = await hub.visit('invoices', { team: 'acme' })
  await expect.poll(() => new URL(page.url()).pathname).toBe('/teams/acme/invoices')
})

test('the language that was chosen stays', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'acme', language: 'en' })
  await page.getByRole('button', { name: '日本語' }).click()
  await page.getByRole('heading', { level: 1, name: '概要' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: '概要' }).waitFor()
})

test("another team's pages are not found, and look the same whether the team exists or not", async ({
  hub,
}) => {
  const page = await hub.visit('overview', { team: 'acme' })
  const seen = new Set<string | null>()
  for (const path of [
    '/teams/acme/nothing',
    ...pages.flatMap((name) => [`/teams/other/${name}`, `/teams/nobody/${name}`]),
  ]) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1, name: 'Not found' }).waitFor()
    seen.add(await page.getByRole('main').textContent())
  }
  expect([...seen]).toEqual(['Not foundThere is nothing here, or it is not yours to see.To the overview'])
})

test('on a narrow screen the menu opens the pages', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'acme', width: 320 })
  const link = page.getByRole('link', { name: 'Statement' })
  await expect.poll(() => link.isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Menu' }).click()
  await link.click()
  await page.getByRole('heading', { level: 1, name: 'Statement' }).waitFor()
  await expect.poll(() => link.isVisible()).toBe(false)
})

test('a visitor who signs out is out, and may come back as somebody else', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'acme', role: 'developer' })
  await page.getByRole('banner').getByText('Developer').waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { level: 1, name: 'You are signed out' }).waitFor()
  await page.goto('/teams/acme/overview')
  await page.getByRole('heading', { level: 1, name: 'Choose a sample team' }).waitFor()
})

test('an interrupted sign-in is reported, and begun again by a button', async ({ hub }) => {
  const page = await hub.open('/teams/acme/overview')
  await page.route('**/local/oidc/token', (route) => route.abort())
  await page.getByRole('button', { name: 'Acme Works' }).click()
  await page.getByRole('alert').waitFor()
  await page.unroute('**/local/oidc/token')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: 'Acme Works' }).click()
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
})

test('a removed member is informed when the token is renewed, and sees no data of the team', async ({
  hub,
}) => {
  const page = await hub.open('/teams/acme/members')
  const renewed = await hub.call('local', 'POST', '/local/tokens', { scopes: ['hub:read'] })
  await page.route('**/local/oidc/token', async (route) => {
    const isRenewal = route.request().postData()?.includes('grant_type=refresh_token')
    // As an issuer does that lets tokens be renewed; the first is good for little more than the minute before its end.
    const soon = { expires_in: 62, refresh_token: 'any' }
    if (!isRenewal) return route.fulfill({ json: { ...(await (await route.fetch()).json()), ...soon } })
    return route.fulfill({ json: { token_type: 'Bearer', expires_in: 3_600, access_token: renewed.token } })
  })
  await signIn(page, { team: 'acme' })
  await page.getByRole('heading', { level: 1, name: 'You are not in a team yet' }).waitFor()
  await expect.poll(() => page.getByText('Acme').count()).toBe(0)
})

test('a clock that cannot be moved says why', async ({ hub }) => {
  const page = await hub.visit('members', { team: 'acme' })
  const shown = await hub.call('local', 'GET', '/local/clock')
  // Another client moves it, and this page does not know that.
  await page.route('**/local/clock', (route) =>
    route.request().method() === 'GET' ? route.fulfill({ json: shown }) : route.continue(),
  )
  await hub.call('local', 'PUT', '/local/clock', { now: '2026-11-02T00:00:00Z' })
  await page.getByRole('button', { name: 'Move the clock' }).click()
  await page.getByRole('button', { name: /^Month ends Nov 1, 2026/ }).click()
  await page.getByRole('button', { name: /^Move to Nov 1, 2026/ }).click()
  await page
    .getByRole('alert')
    .getByText('The clock shows 2026-11-02T00:00:00.000Z and only moves forward.')
    .waitFor()
})

test('no visitor saw an error on the console', ({ hub }) => {
  // An interrupted or refused request is on the browser's console, whatever the page does with it.
  expect(hub.faults.filter((fault) => !/ERR_FAILED|Failed to fetch|status of 409/.test(fault))).toEqual([])
})

test.for([
  ['a style', "document.body.setAttribute('style', 'color: red')"],
  ['a script', "document.body.append(Object.assign(document.createElement('script'), { text: '1' }))"],
  ['a picture from elsewhere', "new Image().src = 'https://example.invalid/'"],
  ['a call of elsewhere', "void fetch('https://example.invalid/').catch(() => undefined)"],
] as const)(
  'what the Content-Security-Policy forbids is among the faults: %s',
  async ([, forbidden], { hub }) => {
    const page = await hub.open('/signed-out')
    const before = hub.faults.length
    const told = page.waitForEvent('console', (message) => message.type() === 'error')
    await page.evaluate(forbidden)
    await told
    expect(hub.faults.slice(before).join()).toContain('Content Security Policy')
  },
)
