import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { type Hub, settled, signIn } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

const deadline = '2026-01-17T00:00:00Z'
const apps = Array.from({ length: 12 }, (_, index) => `acme-${index + 1}`)

test.override('clockStart', '2026-01-10T09:00:00Z')
test.beforeAll(async ({ hub }) => {
  const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await hub.call('ops', 'PUT', '/v1/teams/acme', { name: 'Acme Works', ...profile })
  await hub.call('ops', 'PUT', '/v1/teams/bare', { name: 'Bare', ...profile })
  await hub.call('ops', 'PUT', '/v1/teams/own', { name: 'Own', ...profile })
  for (const appId of apps)
    await hub.call('ops', 'PUT', `/v1/apps/${appId}`, { teamId: 'acme', name: `App ${appId}` })
  await use(hub, {
    appId: 'acme-1',
    time: '2026-01-09T10:00:00Z',
    meter: 'model-derivative-complex-job',
    quantity: 3,
  })
})

interface Use {
  readonly appId: string
  readonly meter: string
  readonly quantity: number
  readonly time: string
}

/** Records use of an app. */
async function use(hub: Hub, { appId: subject, time, ...data }: Use): Promise<void> {
  const event = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:test', id: time, subject }
  await hub.call('meter', 'POST', '/v1/usage', [{ ...event, time, data }])
}

const row = (page: Page, appId: string) =>
  page.locator('.apps > .app').filter({ has: page.getByText(appId, { exact: true }) })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const inHub = async (hub: Hub) => {
  const { apps: all } = await hub.call('hub:acme', 'GET', '/v1/teams/acme/onboarding')
  return (all as { appId: string; inHub: boolean }[]).filter((app) => app.inHub).map(({ appId }) => appId)
}

describe.each([
  ['en', 'Works until Jan 17, 2026, 00:00 UTC', 'Choose a plan'],
  ['ja', '2026年1月17日 0:00 UTC まで動作', 'プランを選択'],
] as const)('before the deadline, in %s', (language, until, choose) => {
  test('each app says until when it works, and the steps what is left to do', async ({ hub }) => {
    const page = await hub.visit('apps', { team: 'acme', language })
    await settled(page)
    const state = await row(page, 'acme-1').locator('.app-state').textContent()
    expect(state?.replace(/日 0?0:/, '日 0:')).toContain(until)
    await expect
      .poll(() => page.getByRole('link', { name: choose }).getAttribute('href'))
      .toBe('/teams/acme/plan')
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
  })
})

describe.each([
  ['en', 'The deadline is in 6 days. Jan 17, 2026, 09:00 GMT+9 (Asia/Tokyo)', 'complex jobs: 3 jobs'],
  ['ja', '期限は 6 日後です。 2026年1月17日 09:00 JST (Asia/Tokyo)', 'コンプレックスの変換ジョブ: 3 ジョブ'],
] as const)('the check of the deadline, in %s', (language, countdown, jobs) => {
  test.for([1_440, 768, 390])(
    'shows the days left and the calls of the week at %i px',
    async (width, { hub }) => {
      const page = await hub.visit('apps', { team: 'acme', language, timeZone: 'Asia/Tokyo', width })
      const app = page
        .locator('.stopped-apps > li')
        .filter({ has: page.getByText('acme-1', { exact: true }) })
      await app.getByText(jobs).waitFor()
      await expect.poll(() => page.locator('.countdown').textContent()).toBe(countdown)
      await expect.poll(() => page.locator('.stopped-apps > li').count()).toBe(12)
      await settled(page)
      await expectAccessible(page)
      await expectNoSidewaysScrolling(page)
    },
  )
})

test('a team without apps reads how an app gets here', async ({ hub }) => {
  const page = await hub.visit('apps', { team: 'bare' })
  await page.getByRole('heading', { name: 'No apps yet' }).waitFor()
  await expect.poll(() => page.getByText('Some apps are not in the developer hub').count()).toBe(0)
})

test('a developer sees everything and can change nothing', async ({ hub }) => {
  const page = await hub.visit('apps', { team: 'acme', role: 'developer' })
  await row(page, 'acme-1').waitFor()
  for (const name of ['Create the developer hub', 'Set a limit: App acme-1'])
    await expect.poll(() => button(page, name).isDisabled()).toBe(true)
  await expect
    .poll(() => page.getByRole('checkbox', { name: 'App acme-1', exact: true }).isDisabled())
    .toBe(true)
  await page.getByText('Only an admin can do this.').first().waitFor()
})

test('the hub is named in a dialog, which keeps what was typed when nobody answers', async ({ hub }) => {
  const page = await hub.visit('apps', { team: 'acme' })
  await page.getByText('Create the developer hub first.').waitFor()
  await button(page, 'Create the developer hub').click()
  const field = page.getByRole('dialog').getByRole('textbox')
  await field.fill('Acme hub')
  await expectAccessible(page)
  await page.route('**/v1/teams/acme/hub', (route) => route.abort())
  await field.press('Enter')
  await page.getByRole('alert').getByText('No answer').waitFor()
  await expect.poll(() => field.inputValue()).toBe('Acme hub')
  await page.unroute('**/v1/teams/acme/hub')
  await field.press('Enter')
  await page.getByText('Acme hub', { exact: true }).waitFor()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('one app, then all, move into the hub, and each says what became of it', async ({ hub }) => {
  const page = await hub.visit('apps', { team: 'acme' })
  await page.getByRole('checkbox', { name: 'App acme-3', exact: true }).check({ force: true })
  await button(page, 'Move 1 app into the developer hub').click()
  await page.getByText('1 of 1 app done').waitFor()
  expect(await inHub(hub)).toEqual(['acme-3'])
  await row(page, 'acme-3').getByText('In the developer hub', { exact: true }).waitFor()
  await button(page, 'Move all apps').click()
  await page.getByText('11 of 11 apps done').waitFor()
  expect((await inHub(hub)).length).toBe(12)
  await settled(page)
  await expectAccessible(page)
})

test("another team's app is rejected and says why; one that was moved meanwhile, that it is there", async ({
  hub,
}) => {
  for (const appId of ['acme-90', 'acme-91'])
    await hub.call('ops', 'PUT', `/v1/apps/${appId}`, { teamId: 'acme', name: `App ${appId}` })
  await hub.call('ops', 'PUT', '/v1/apps/bare-1', { teamId: 'bare', name: 'App bare-1' })
  const page = await hub.open('/teams/acme/apps')
  // A list as it is nowhere: with an app of another team, and without what is moved from now on.
  const listed = await hub.call('hub:acme', 'GET', '/v1/teams/acme/onboarding')
  const all = listed.apps as { appId: string }[]
  const outside = all.find(({ appId }) => appId === 'acme-91')
  const stale = { ...listed, apps: [...all, { ...outside, appId: 'bare-1', name: 'App bare-1' }] }
  await page.route('**/v1/teams/acme/onboarding', (route) => route.fulfill({ json: stale }))
  await hub.call('hub:acme', 'POST', '/v1/teams/acme/hub/apps', { appIds: ['acme-91'] })
  await signIn(page, { team: 'acme' })
  for (const appId of ['acme-91', 'bare-1'])
    await page.getByRole('checkbox', { name: `App ${appId}`, exact: true }).check({ force: true })
  await button(page, 'Move 2 apps into the developer hub').click()
  await page.getByText('2 of 2 apps done').waitFor()
  const results = page.getByRole('list', { name: 'What became of each app' })
  await expect
    .poll(() => results.getByRole('listitem').allTextContents())
    .toEqual(['Already there App acme-91', expect.stringMatching(/^Rejected App bare-1Unknown app: ./)])
})

test('a limit is typed in minutes, shown with what is used of it, and lifted again', async ({ hub }) => {
  const page = await hub.visit('apps', { team: 'acme' })
  await button(page, 'Set a limit: App acme-1').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Meter').selectOption({ label: 'Automation API: Revit' })
  await dialog.getByRole('textbox').fill('90')
  await dialog.getByText('1 hr 30 min').waitFor()
  await expectAccessible(page)
  await button(page, 'Save the limit').click()
  await row(page, 'acme-1').getByText('0 sec of 1 hr 30 min used').waitFor()
  const { apps: seen } = await hub.call('hub:acme', 'GET', '/v1/teams/acme/onboarding')
  const [first] = seen as { limits: { meter: string; perPeriod: number }[] }[]
  expect(first?.limits).toMatchObject([{ meter: 'automation-revit', perPeriod: 5_400 }])
  await button(page, 'Change limits: App acme-1').click()
  await button(page, 'Lift the limit').click()
  await row(page, 'acme-1').getByText('No separate limit').waitFor()
  const focused = () => page.evaluate('document.activeElement.getAttribute("aria-label")')
  await expect.poll(focused).toBe('Set a limit: App acme-1')
})

test('an app whose limit is used up names the meter and the day on which it works again', async ({ hub }) => {
  for (const appId of ['own-1', 'own-2'])
    await hub.call('ops', 'PUT', `/v1/apps/${appId}`, { teamId: 'own', name: `App ${appId}` })
  await hub.call('hub:own', 'PUT', '/v1/teams/own/plan', { plan: 'free' })
  await hub.call('hub:own', 'PUT', '/v1/teams/own/hub', { name: 'Own hub' })
  await hub.call('hub:own', 'POST', '/v1/teams/own/hub/apps', { appIds: ['own-1'] })
  const limit = { meter: 'automation-autocad', perPeriod: 60 }
  await hub.call('hub:own', 'PUT', '/v1/teams/own/apps/own-1/limits', limit)
  await use(hub, { appId: 'own-1', time: '2026-01-10T09:00:00Z', meter: 'automation-autocad', quantity: 90 })
  const page = await hub.visit('apps', { team: 'own' })
  const text = 'The limit of the app is used up: Automation API: AutoCAD until Feb 1, 2026, 00:00 UTC'
  await row(page, 'own-1').getByText(text).waitFor()
})

test('the check names only apps outside the hub once there is a plan, and is gone after the deadline', async ({
  hub,
}) => {
  const page = await hub.visit('apps', { team: 'own' })
  await expect.poll(() => page.locator('.stopped-apps strong').allTextContents()).toEqual(['App own-2'])
  await hub.call('local', 'PUT', '/local/clock', { now: deadline })
  await page.getByText('If the deadline were today').waitFor({ state: 'detached' })
})

test('after the deadline an app says why it is stopped, and what lifts that', async ({ hub }) => {
  await hub.call('local', 'PUT', '/local/clock', { now: deadline })
  const page = await hub.visit('apps', { team: 'acme', language: 'ja' })
  const outside = row(page, 'acme-90')
  await outside.getByText('アプリがデベロッパーハブに移行されていません').waitFor()
  await outside.getByText('チームがプランに登録されていません。').waitFor()
  await row(page, 'acme-1').getByText('プランに登録されていません').waitFor()
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/plan', { plan: 'free' })
  await row(page, 'acme-1').getByText('動作中', { exact: true }).waitFor()
  await expect.poll(() => outside.getByText('停止', { exact: true }).count()).toBe(1)
})

test('an app of a team that nothing pays for works in part, and says why', async ({ hub }) => {
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/plan', { plan: 'paid' })
  const page = await hub.visit('apps', { team: 'acme' })
  await row(page, 'acme-1').getByText('Works in part').waitFor()
  await row(page, 'acme-1').getByText('Not enough Flex tokens: all rated APIs').waitFor()
  await hub.call('hub:acme', 'POST', '/v1/teams/acme/token-purchases', { purchaseId: 'cure', tokens: 100 })
  await row(page, 'acme-1').getByText('Works', { exact: true }).waitFor()
})

test('no visitor saw an error on the console but the answer that never came', ({ hub }) => {
  expect(hub.faults.filter((fault) => !fault.includes('net::ERR_FAILED'))).toEqual([])
})
