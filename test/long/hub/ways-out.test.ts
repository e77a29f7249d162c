import { expect } from 'vitest'
import { settled } from '../../support/browser.ts'
import { test } from '../../support/page-fixtures.ts'

/* The frame of all pages: where each way out leads, and the states in which a page may be left. */

test.beforeAll(async ({ hub }) => {
  const profile = { country: 'JP', paymentMethod: 'credit-card', standing: 'good' }
  await hub.call('ops', 'PUT', '/v1/teams/acme', { name: 'Acme Works', ...profile })
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/plan', { plan: 'free' })
})

test('times are in the zone of the device, or in UTC in every tab once that is chosen', async ({ hub }) => {
  const page = await hub.visit('overview', {
    team: 'acme',
    locale: 'en-GB',
    timeZone: 'America/Los_Angeles',
  })
  await page.getByText('Test clock: 20 Oct 2026, 02:00 GMT-7').waitFor()
  const other = await page.context().newPage()
  await other.goto('/teams/acme/plan')
  await other.getByRole('button', { name: 'Acme Works' }).click()
  await other.getByText('Test clock: 20 Oct 2026, 02:00 GMT-7').waitFor()
  await page.getByRole('button', { name: 'Show times in UTC' }).click()
  await page.getByText('Test clock: 20 Oct 2026, 09:00 UTC').waitFor()
  await other.getByText('Test clock: 20 Oct 2026, 09:00 UTC').waitFor()
  await other.reload()
  await other.getByRole('button', { name: 'Show local times' }).click()
  await page.getByText('Test clock: 20 Oct 2026, 02:00 GMT-7').waitFor()
})

test('the language chosen in one tab is shown in the other', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'acme', timeZone: 'Asia/Tokyo' })
  const other = await page.context().newPage()
  await other.goto('/teams/acme/overview')
  await other.getByRole('button', { name: 'Acme Works' }).click()
  await other.getByRole('button', { name: '日本語' }).click()
  await page.getByRole('heading', { level: 1, name: '概要' }).waitFor()
  await page.getByText('テスト時計: 2026年10月20日 18:00 JST').waitFor()
})

test('signing out in one tab ends the session in the other', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'acme' })
  const other = await page.context().newPage()
  await other.goto('/teams/acme/plan')
  await other.getByRole('button', { name: 'Acme Works' }).click()
  await other.getByRole('button', { name: 'Sign out' }).click()
  for (const tab of [other, page])
    await tab.getByRole('heading', { level: 1, name: 'You are signed out' }).waitFor()
})

test('Back returns through the pages and filters of a visit, and a link shows its page from the top', async ({
  hub,
}) => {
  const page = await hub.visit('statement', { team: 'acme' })
  await page.getByRole('combobox').first().selectOption('plan-changed')
  await expect.poll(() => new URL(page.url()).search).toBe('?kind=plan-changed')
  const link = page.getByRole('link', { name: 'Members', exact: true })
  await page.setViewportSize({ width: 1280, height: 400 })
  await page.evaluate('window.scrollTo(0, 200)')
  await link.click()
  const heading = page.getByRole('heading', { level: 1, name: 'Members' })
  await heading.waitFor()
  // A screen reader goes on at the heading of the new page.
  await expect.poll(() => heading.evaluate((element) => element.matches(':focus'))).toBe(true)
  expect(await page.evaluate('window.scrollY')).toBe(0)
  expect(await page.title()).toBe('Members · Tollgate')
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Statement' }).waitFor()
  expect(new URL(page.url()).search).toBe('?kind=plan-changed')
  await page.goBack()
  await expect.poll(() => new URL(page.url()).search).toBe('')
  await page.getByRole('heading', { level: 1, name: 'Statement' }).waitFor()
})

test('header and navigation stay in sight on a long page', async ({ hub }) => {
  const page = await hub.visit('plan', { team: 'acme' })
  await page.setViewportSize({ width: 1280, height: 500 })
  await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)')
  await expect.poll(() => page.evaluate('window.scrollY')).toBeGreaterThan(200)
  for (const name of ['Tollgate', 'Overview'])
    expect((await page.getByRole('link', { name, exact: true }).boundingBox())?.y).toBeGreaterThanOrEqual(0)
  const support = page.getByRole('link', { name: 'Support' })
  await support.focus()
  const box = await support.boundingBox()
  expect(box && box.y + box.height).toBeLessThanOrEqual(500)
})

test('a field behind the header is in sight once it has the focus', async ({ hub }) => {
  const page = await hub.visit('plan', { team: 'acme' })
  await settled(page)
  await page.setViewportSize({ width: 1280, height: 500 })
  const field = page.getByRole('textbox', { name: 'How many tokens' })
  const top = async () => (await field.boundingBox())?.y
  await page.evaluate(`window.scrollBy(0, ${await top()})`)
  await expect.poll(top).toBeLessThan(5)
  await field.focus()
  const header = (await page.getByRole('banner').boundingBox())?.height ?? 0
  expect(header).toBeGreaterThan(40)
  await expect.poll(top).toBeGreaterThanOrEqual(header)
})

test('on a phone the header takes at most 64 pixels, and the menu has everything else', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'acme', width: 390 })
  const header = page.getByRole('banner')
  expect((await header.boundingBox())?.height).toBeLessThanOrEqual(64)
  const leave = page.getByRole('button', { name: 'Sign out' })
  expect(await leave.count()).toBe(0)
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('link', { name: 'Support' }).waitFor()
  await leave.click()
  await page.getByRole('heading', { level: 1, name: 'You are signed out' }).waitFor()
})

test('a person without permission is not led to a page, and finds nothing at its address', async ({
  hub,
}) => {
  const page = await hub.visit('overview', { team: 'acme', role: 'developer' })
  for (const name of ['Statement', 'Invoices', 'Activity'])
    expect(await page.getByRole('link', { name, exact: true }).count()).toBe(0)
  await page.goto('/teams/acme/invoices')
  await page.getByRole('heading', { level: 1, name: 'Not found' }).waitFor()
  await page.getByRole('link', { name: 'To the overview' }).click()
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
})

test('an ended session leads to the sign-in, and back to the same page with its filters', async ({ hub }) => {
  const page = await hub.visit('statement', { team: 'acme' })
  await page.getByRole('combobox').first().selectOption('plan-changed')
  await expect.poll(() => new URL(page.url()).search).toBe('?kind=plan-changed')
  // The API no longer accepts the token.
  await page.route('**/v1/**', (route) => route.fulfill({ status: 401, json: { message: 'Unauthorized' } }))
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Choose a sample team' }).waitFor()
  await page.unroute('**/v1/**')
  await page.getByRole('button', { name: 'Acme Works' }).click()
  await page.getByRole('heading', { level: 1, name: 'Statement' }).waitFor()
  expect(new URL(page.url()).search).toBe('?kind=plan-changed')
})

test('without a connection a page says so, and loads once the connection is back', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'acme' })
  await page.context().setOffline(true)
  await page.getByText('The service cannot be reached.').waitFor()
  await page.context().setOffline(false)
  await page.getByText('The service cannot be reached.').waitFor({ state: 'detached' })
})

test('a form that is sent twice while the answer is slow acts once', async ({ hub }) => {
  const page = await hub.visit('members', { team: 'acme' })
  let sent = 0
  const release = Promise.withResolvers<void>()
  await page.route('**/v1/teams/acme/members/*', async (route) => {
    if (route.request().method() === 'PUT') sent += 1
    await release.promise
    return route.continue()
  })
  await page.getByRole('textbox').first().fill('mika@example.com')
  await page.getByRole('textbox').first().press('Enter')
  await page.getByRole('textbox').first().press('Enter')
  await expect.poll(() => sent).toBe(1)
  release.resolve()
  await page.getByRole('rowheader', { name: 'mika@example.com' }).waitFor()
  expect(sent).toBe(1)
})

test('a form that is sent twice before the page shows that it is sent acts once', async ({ hub }) => {
  const page = await hub.visit('members', { team: 'acme' })
  let sent = 0
  page.on('request', (request) => {
    if (request.method() === 'PUT' && request.url().includes('/members/')) sent += 1
  })
  await page.getByRole('textbox').first().fill('ken@example.com')
  // The browser's types are not those of tests, so the script is a text.
  await page.evaluate(
    "const form = document.querySelector('main form'); form.requestSubmit(); form.requestSubmit()",
  )
  await page.getByRole('rowheader', { name: 'ken@example.com' }).waitFor()
  expect(sent).toBe(1)
})

test('no visitor saw an error on the console', ({ hub }) => {
  // A refused or interrupted request is on the browser's console, whatever the page does with it.
  expect(hub.faults.filter((fault) => !/ERR_|Failed to fetch|status of 401/.test(fault))).toEqual([])
})
