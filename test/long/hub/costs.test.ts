import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { type Hub, settled } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

// The launch's rate card: two complex jobs cost 3 tokens or 9 USD, 720 seconds of AutoCAD cost 1 token or 3 USD.
const complex = 'model-derivative-complex-job'
const autocad = 'automation-autocad'

let sent = 0
test.override('clockStart', '2025-10-25T09:00:00Z')
test.beforeAll(async ({ hub }) => {
  await register(hub, 'acme', 'Model viewer', 'Nightly jobs')
  await register(hub, 'saver', 'Saver')
  await register(hub, 'late', 'Late mover')
  await hub.call('hub:saver', 'PUT', '/v1/teams/saver/plan', { plan: 'paid', payAsYouGo: false })
  await join(hub, 'saver', ['saver-1'])
  await buy(hub, 'saver', 'first', 255)
  await clock(hub, '2026-07-10T09:00:00Z')
  await hub.call('hub:late', 'PUT', '/v1/teams/late/plan', { plan: 'free' })
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/plan', { plan: 'paid', payAsYouGo: true })
  await join(hub, 'acme', ['acme-1', 'acme-2'])
  await clock(hub, '2026-08-20T09:00:00Z')
  await use(hub, '2026-08-19T08:00:00Z', ['acme-1', complex, 4])
  await clock(hub, '2026-09-20T09:00:00Z')
  await use(hub, '2026-09-10T08:00:00Z', ['acme-1', complex, 16], ['acme-2', autocad, 7_200])
  await clock(hub, '2026-10-04T09:00:00Z')
  await use(hub, '2026-09-25T08:00:00Z', ['acme-2', autocad, 1_440])
  await clock(hub, '2026-10-15T09:00:00Z')
  await use(hub, '2026-10-14T08:00:00Z', ['acme-1', complex, 6])
  await buy(hub, 'acme', 'order', 100)
  await clock(hub, '2026-10-20T09:00:00Z')
  for (const day of ['15', '16', '17', '18', '19'])
    await use(hub, `2026-10-${day}T12:00:00Z`, ['acme-1', complex, 2])
  await use(hub, '2026-10-19T12:00:00Z', ['saver-1', complex, 2])
})

async function register(hub: Hub, team: string, ...names: readonly string[]): Promise<void> {
  const profile = { name: team, country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await hub.call('ops', 'PUT', `/v1/teams/${team}`, profile)
  for (const [index, name] of names.entries())
    await hub.call('ops', 'PUT', `/v1/apps/${team}-${index + 1}`, { teamId: team, name })
}

async function join(hub: Hub, team: string, appIds: readonly string[]): Promise<void> {
  await hub.call(`hub:${team}`, 'PUT', `/v1/teams/${team}/hub`, { name: 'Hub' })
  await hub.call(`hub:${team}`, 'POST', `/v1/teams/${team}/hub/apps`, { appIds })
}

const buy = (hub: Hub, team: string, purchaseId: string, tokens: number) =>
  hub.call(`hub:${team}`, 'POST', `/v1/teams/${team}/token-purchases`, { purchaseId, tokens })

const clock = (hub: Hub, now: string) => hub.call('local', 'PUT', '/local/clock', { now })

async function use(
  hub: Hub,
  time: string,
  ...uses: (readonly [app: string, meter: string, quantity: number])[]
): Promise<void> {
  const events = uses.map(([subject, meter, quantity]) => {
    sent += 1
    const head = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:test', id: `event-${sent}` }
    return { ...head, subject, time, data: { meter, quantity } }
  })
  await hub.call('meter', 'POST', '/v1/usage', events)
}

/** The figure of the overview with this name. */
const fact = (page: Page, name: string) =>
  page.locator('dl > div').filter({ has: page.getByText(name, { exact: true }) })
const cellsOf = async (page: Page, row: string) =>
  page.getByRole('row', { name: row }).first().locator('th, td').allInnerTexts()

describe('the overview answers, in at most two clicks', () => {
  test('the cost of last month, and the app that caused it: one click', async ({ hub }) => {
    const page = await hub.visit('overview', { team: 'acme' })
    // 8 units of complex jobs, 10 units of AutoCAD, and 2 late ones.
    await fact(page, 'Last month').getByRole('link', { name: '$108.00' }).click()
    await page.getByText('$108.00 in all.').waitFor()
    await page.getByText('Largest app: Model viewer, $72.00.').waitFor()
    const legend = page.getByRole('list', { name: 'What each colour is' }).getByRole('listitem')
    await expect
      .poll(() => legend.allInnerTexts())
      .toEqual([expect.stringContaining('Model viewer'), expect.stringContaining('$36.00')])
  })

  test('the cost of this month: no click', async ({ hub }) => {
    const page = await hub.visit('overview', { team: 'acme' })
    // 3 units before the tokens were bought; later events are from days after the purchase.
    const { cost } = await hub.call('hub:acme', 'GET', '/v1/teams/acme/forecast')
    expect(cost).toMatchObject({ soFar: { tokens: 15, usdCents: 2_700 } })
    await fact(page, 'So far').getByRole('link', { name: '15 tokens + $27.00' }).waitFor()
    expect(await fact(page, 'Forecast for the month').innerText()).toContain(written(cost, 'expected'))
    expect(await fact(page, 'Forecast for the month').innerText()).toContain(written(cost, 'low'))
    expect(await fact(page, 'Forecast for the month').innerText()).toContain(written(cost, 'high'))
    await page.getByText('How the forecast is made').click()
    await page.getByText('average of the same weekday').waitFor()
  })

  test('the day on which the tokens run out: no click', async ({ hub }) => {
    const page = await hub.visit('overview', { team: 'acme' })
    const { tokens } = await hub.call('hub:acme', 'GET', '/v1/teams/acme/forecast')
    expect(tokens).toMatchObject({ remaining: 85 })
    const { runOutOn } = Object(tokens)
    const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' })
    await fact(page, 'Flex tokens left').getByText('85 tokens').waitFor()
    await fact(page, 'Flex tokens left')
      .getByText(`Run out on ${day.format(new Date(runOutOn))}`)
      .waitFor()
  })

  test('why an app is stopped, since when, and what to do: one click', async ({ hub }) => {
    const page = await hub.visit('overview', { team: 'late' })
    const notice = page.locator('.notice.bad').filter({ hasText: 'Stopped: Late mover' })
    await notice.getByRole('heading', { name: 'The app is not in a developer hub' }).waitFor()
    await notice.getByText('have been stopped since Jan 17, 2026, 00:00 UTC').waitFor()
    await notice.getByText('moves the app into it').waitFor()
    await notice.getByRole('link', { name: 'Apps' }).click()
    await page.waitForURL('**/teams/late/apps')
  })
})

/** A cost of the forecast as the page writes it. */
function written(cost: unknown, name: string): string {
  const { tokens, usdCents } = Object(Object(cost)[name])
  const usd = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })
  const count = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })
  return `${count.format(tokens)} tokens + ${usd.format(usdCents / 100)}`
}

test('months are two clicks away, next to each other and with their change', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'acme' })
  await page.getByRole('navigation').getByRole('link', { name: 'Usage' }).click()
  await page.getByRole('button', { name: 'Last 6 months' }).click()
  await expect
    .poll(() => cellsOf(page, 'Total'))
    .toEqual([
      'Total',
      '15 tokens + $27.00',
      '$108.00\n+$90.00',
      '$18.00\n+$18.00',
      ...['', '', ''].map(() => expect.anything()),
    ])
  await page.getByRole('group', { name: 'Group by' }).getByRole('button', { name: 'App' }).click()
  await expect
    .poll(async () => (await cellsOf(page, 'Nightly jobs')).slice(0, 3))
    .toEqual(['Nightly jobs', '$0.00', '$36.00\n+$36.00'])
  await page.getByRole('row', { name: 'Nightly jobs' }).getByRole('link', { name: '$36.00' }).click()
  await page.getByText('$36.00 in all.').waitFor()
  await expect.poll(() => cellsOf(page, 'Sep 10, 2026')).toContain('$30.00')
})

test('use and bill of a month differ by the late use that the page names', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'acme' })
  await page.getByText('2 units of it are late').waitFor()
  await page.getByRole('link', { name: 'Use and bill compared' }).click()
  const bridge = page.getByRole('region', { name: 'From the use of October 2026 to its bill' })
  const rows = bridge.locator('tbody tr')
  await expect
    .poll(() => rows.allInnerTexts())
    .toEqual([
      'Use of October 2026\t$27.00',
      'Late use of September 2026\t$6.00',
      'Bill of October 2026 so far\t$33.00',
    ])
  const { payAsYouGo } = await hub.call('hub:acme', 'GET', '/v1/teams/acme/balance')
  expect(payAsYouGo).toMatchObject({ usdCents: 3_300 })
  await bridge.getByRole('link', { name: 'Late use of September 2026' }).click()
  const before = page.getByRole('region', { name: 'From the use of September 2026 to its bill' })
  await expect
    .poll(() => before.locator('tbody tr').allInnerTexts())
    .toEqual([
      'Use of September 2026\t$108.00',
      'of this, late: in the bill of October 2026\t-$6.00',
      'Bill of September 2026\t$102.00',
    ])
  const { invoices } = await hub.call('hub:acme', 'GET', '/v1/teams/acme/invoices')
  expect(invoices).toContainEqual(expect.objectContaining({ period: '2026-09', usdCents: 10_200 }))
})

test('tokens that lapse in six days are named with their day, and their bar shows what is left', async ({
  hub,
}) => {
  const page = await hub.visit('overview', { team: 'saver' })
  const warning = page.locator('.notice.bad').filter({ hasText: '252 tokens lapse in 5 days' })
  await warning.getByText('on Oct 26, 2026, 00:00 UTC').waitFor()
  await page.getByRole('link', { name: '252 of 255 left' }).waitFor()
  const bar = page.locator('.lots .soon')
  expect(Number(await bar.getAttribute('width'))).toBeCloseTo((252 / 255) * 100, 6)
  await warning.getByRole('link', { name: 'See what is used per day' }).click()
  await page.waitForURL('**/teams/saver/usage')
})

test('a team without use reads that a forecast needs some days', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'late' })
  await fact(page, 'Forecast for the month').getByText('A forecast needs a few days of use.').waitFor()
})

test('a forecast that fails leaves the rest of the overview, and is asked for again', async ({ hub }) => {
  const page = await hub.visit('members', { team: 'acme' })
  await page.route('**/forecast', (route) => route.fulfill({ status: 503, body: '{}' }))
  await page.goto('/teams/acme/overview')
  const panel = page.getByRole('region', { name: 'Cost of October 2026' })
  await panel.getByRole('alert').waitFor()
  await page.getByRole('region', { name: 'At a glance' }).waitFor()
  await page.unroute('**/forecast')
  await panel.getByRole('button', { name: 'Try again' }).click()
  await fact(page, 'So far').waitFor()
})

test('a developer sees use and tokens, and no money', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'acme', role: 'developer' })
  await fact(page, 'So far').getByRole('link', { name: '15 tokens' }).waitFor()
  expect(await page.getByRole('main').innerText()).not.toContain('$')
  await page.getByRole('navigation').getByRole('link', { name: 'Usage' }).click()
  await page.getByText('15 tokens in all.').waitFor()
  expect(await page.getByRole('main').innerText()).not.toContain('$')
})

describe.each(['en', 'ja'] as const)('in %s', (language) => {
  test.for([1_440, 768, 390])('overview and usage are accessible and fit %i px', async (width, { hub }) => {
    for (const team of ['acme', 'saver', 'late']) {
      const page = await hub.visit('overview', { team, language, width })
      await check(page)
    }
    const page = await hub.visit('usage', { team: 'acme', language, width })
    await page.getByRole('img').waitFor()
    await check(page)
    await page.goto('/teams/acme/usage?by=month&from=2026-05-01&to=2026-10-20&group=app')
    await page.getByRole('img').waitFor()
    await check(page)
  })
})

async function check(page: Page): Promise<void> {
  await settled(page)
  await expectAccessible(page)
  await expectNoSidewaysScrolling(page)
}

test('no visitor saw an error on the console', ({ hub }) =>
  // The browser itself reports the answer of the failed forecast.
  expect(hub.faults.filter((fault) => !fault.includes('503'))).toEqual([]))
