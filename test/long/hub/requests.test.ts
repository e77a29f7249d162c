import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { idleRequestsMax, pauses, untouchedMilliseconds } from '../../../hub/api/pace.ts'
import type { Hub } from '../../support/browser.ts'
import { type PageClock, standStill } from '../../support/page-clock.ts'
import { test } from '../../support/page-fixtures.ts'

/* The requests of the page, counted on its own clock: the real browser, the real API, and no waiting for time. */

const hourMilliseconds = 3_600_000
const balancePath = '/v1/teams/acme/balance'

test.beforeAll(async ({ hub }) => {
  const profile = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await hub.call('ops', 'PUT', '/v1/teams/acme', profile)
  await hub.call('ops', 'PUT', '/v1/apps/viewer', { teamId: 'acme', name: 'Viewer' })
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/plan', { plan: 'free' })
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/hub', { name: 'Hub' })
  await hub.call('hub:acme', 'POST', '/v1/teams/acme/hub/apps', { appIds: ['viewer'] })
})

/** A page with a stopped clock, after the requests of its start. */
async function still(hub: Hub, name: Parameters<Hub['visit']>[0]): Promise<[Page, PageClock]> {
  const page = await hub.visit(name, { team: 'acme' })
  const clock = await standStill(page, () => page.getByRole('banner').getByText('Free plan').waitFor())
  await clock.requestsDuring(2 * pauses.working)
  return [page, clock]
}

/** Tells the page that its tab is hidden or shown, as the browser does. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  const shown = isHidden ? 'hidden' : 'visible'
  await page.evaluate(
    `for (const [name, value] of [['hidden', ${isHidden}], ['visibilityState', '${shown}']])
       Object.defineProperty(document, name, { configurable: true, get: () => value })
     document.dispatchEvent(new Event('visibilitychange'))`,
  )
}

let uses = 0
/** Somebody else's change of the team. */
async function use(hub: Hub): Promise<void> {
  uses += 1
  const body = { authorizationId: `use-${uses}`, appId: 'viewer', meter: 'reality-capture-photo-scene' }
  const meter = 'model-derivative-complex-job'
  await hub.call('meter', 'POST', '/v1/authorizations', { ...body, meter, quantity: 1, holdSeconds: 60 })
  await hub.call('meter', 'POST', `/v1/authorizations/use-${uses}/captures`, { used: 0, final: true })
}

test('a hidden page asks for the balance once a minute and for nothing else, and catches up when it is seen', async ({
  hub,
}) => {
  const [page, clock] = await still(hub, 'members')
  await setHidden(page, true)
  const requests = await clock.requestsDuring(hourMilliseconds)
  expect(new Set(requests)).toEqual(new Set([balancePath]))
  expect(requests.length).toBeLessThanOrEqual(hourMilliseconds / pauses.hidden)
  expect(requests.length).toBeGreaterThan(hourMilliseconds / pauses.hidden / 2)
  const invited = { email: 'mika@example.com', role: 'developer' }
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/members/mika', invited)
  await setHidden(page, false)
  await page.getByText('mika@example.com').waitFor()
})

test('an untouched page of a team that always changes makes at most 120 requests an hour', async ({
  hub,
}) => {
  const [, clock] = await still(hub, 'overview')
  await clock.requestsDuring(untouchedMilliseconds)
  const requests = await clock.requestsDuring(hourMilliseconds, () => use(hub))
  expect(requests.length).toBeLessThanOrEqual(idleRequestsMax)
  expect(requests.filter((path) => path === balancePath).length).toBeGreaterThan(50)
})

test('an untouched page shows the change of another caller within a minute, and asks at once when it is touched', async ({
  hub,
}) => {
  const [page, clock] = await still(hub, 'members')
  await clock.requestsDuring(untouchedMilliseconds)
  const invited = { email: 'late@example.com', role: 'developer' }
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/members/late', invited)
  await clock.requestsDuring(60_000)
  await page.getByText('late@example.com').waitFor()
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/members/soon', { ...invited, email: 'soon@example.com' })
  await page.mouse.move(200, 200)
  await page.getByText('soon@example.com').waitFor()
})

test('a page that somebody works on shows the changes of others within ten seconds', async ({ hub }) => {
  const [page, clock] = await still(hub, 'apps')
  await hub.call('ops', 'PUT', '/v1/apps/drill', { teamId: 'acme', name: 'Drill' })
  const requests = await clock.requestsDuring(10_000)
  await page.getByText('Drill').first().waitFor()
  expect(requests.filter((path) => path === balancePath).length).toBeLessThanOrEqual(10_000 / pauses.working)
})

test('an unchanged page asks for the balance alone, and the answer has no body', async ({ hub }) => {
  const [page, clock] = await still(hub, 'overview')
  const statuses: number[] = []
  page.on('response', (response) => statuses.push(response.status()))
  const requests = await clock.requestsDuring(30_000)
  expect(new Set(requests)).toEqual(new Set([balancePath]))
  expect(new Set(statuses.filter((status) => status !== 200))).toEqual(new Set([304]))
})

test('the page shows its own change at once, and follows what comes of it quickly', async ({ hub }) => {
  const [page, clock] = await still(hub, 'apps')
  await page.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('New hub')
  await page.getByRole('dialog').getByRole('textbox').press('Enter')
  await page.getByText('New hub').first().waitFor()
  const requests = await clock.requestsDuring(2_000)
  expect(requests).toContain(balancePath)
})

test('a page waits as long as a failing service asks it to', async ({ hub }) => {
  const [page, clock] = await still(hub, 'overview')
  const headers = { 'retry-after': '120' }
  await page.route('**/balance', (route) => route.fulfill({ status: 503, headers, body: '{}' }))
  // One request fails, and it is not sent again before the time.
  expect(await clock.requestsDuring(100_000)).toEqual([balancePath])
  await page.mouse.move(200, 300)
  expect(await clock.requestsDuring(5_000)).toEqual([])
  await page.unroute('**/balance')
  expect((await clock.requestsDuring(30_000)).length).toBeGreaterThan(0)
})
