import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { type Hub, settled, signIn } from '../../support/browser.ts'
import { dayField, typeDay } from '../../support/day-typing.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

// Use in this test and its costs (rate card of the launch): two complex jobs 9 USD, 720 seconds of AutoCAD 3 USD.
const complex = 'model-derivative-complex-job'
const autocad = 'automation-autocad'
const basic = 'model-derivative-basic'

let sent = 0
test.override('clockStart', '2026-09-10T07:00:00Z')
test.beforeAll(async ({ hub }) => {
  const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await hub.call('ops', 'PUT', '/v1/teams/acme', { name: 'Acme Works', ...profile })
  await hub.call('ops', 'PUT', '/v1/teams/bare', { name: 'Bare', ...profile })
  for (const [appId, name] of [
    ['viewer', 'Model viewer'],
    ['nightly', 'Nightly jobs'],
  ])
    await hub.call('ops', 'PUT', `/v1/apps/${appId}`, { teamId: 'acme', name })
  const acme = (method: string, path: string, body: object) =>
    hub.call('hub:acme', method, `/v1/teams/acme/${path}`, body)
  await acme('PUT', 'plan', { plan: 'paid', payAsYouGo: true })
  await acme('PUT', 'hub', { name: 'Acme hub' })
  await acme('POST', 'hub/apps', { appIds: ['viewer', 'nightly'] })
  await clock(hub, '2026-09-10T09:00:00Z')
  await use(hub, '2026-09-10T08:00:00Z', ['viewer', complex, 4], ['nightly', autocad, 1_440])
  await clock(hub, '2026-09-12T09:00:00Z')
  await use(hub, '2026-09-12T08:00:00Z', ['viewer', complex, 2], ['viewer', complex, 1])
  await clock(hub, '2026-10-04T09:00:00Z')
  await acme('POST', 'token-purchases', { purchaseId: 'order-1', tokens: 100 })
  await clock(hub, '2026-10-05T09:00:00Z')
  await use(hub, '2026-10-05T08:00:00Z', ['nightly', autocad, 2_160])
  await use(
    hub,
    '2026-10-05T08:30:00Z',
    ...Array.from({ length: 60 }, () => ['nightly', basic, 100] as const),
  )
  const asked = { authorizationId: 'job-7', appId: 'viewer', meter: complex, quantity: 2 }
  await hub.call('meter', 'POST', '/v1/authorizations', asked)
  await hub.call('meter', 'POST', '/v1/authorizations/job-7/captures', { used: 3 })
  await clock(hub, '2026-10-06T09:00:00Z')
})

const clock = (hub: Hub, now: string) => hub.call('local', 'PUT', '/local/clock', { now })

async function use(
  hub: Hub,
  time: string,
  ...uses: (readonly [app: string, meter: string, quantity: number])[]
) {
  const events = uses.map(([subject, meter, quantity]) => {
    sent += 1
    const head = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:test', id: `event-${sent}` }
    return { ...head, subject, time, data: { meter, quantity } }
  })
  await hub.call('meter', 'POST', '/v1/usage', events)
}

const visit = async (hub: Hub, page: 'usage' | 'statement' | 'invoices', query = '') => {
  const visitor = await hub.open(`/teams/acme/${page}?${query}`)
  await signIn(visitor, { team: 'acme' })
  await settled(visitor)
  return visitor
}
const entries = (page: Page) => page.getByRole('main').locator('ol > li')
const totals = (page: Page) => page.getByRole('region', { name: 'Totals of the entries' })
const cellsOf = (page: Page, row: string) => page.getByRole('row', { name: row }).locator('th, td')
const september = 'from=2026-09-01&to=2026-09-30'

test('a line of an invoice leads to the entries behind it, and they add up to its amount', async ({
  hub,
}) => {
  const page = await visit(hub, 'invoices')
  await page.getByRole('link', { name: 'September 2026' }).click()
  await page.getByRole('heading', { name: 'Invoice of September 2026' }).waitFor()
  const line = cellsOf(page, 'complex jobs')
  await expect.poll(async () => (await line.allTextContents()).slice(1, 4)).toEqual(['3', '$9.00', '$27.00'])
  await expect.poll(() => cellsOf(page, 'Billed').allTextContents()).toEqual(['Billed', '$33.00', ''])
  await page.getByText('Paid', { exact: true }).waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Entries: Model Derivative API: complex jobs' }).click()
  await totals(page).getByText('3 charged units · $27.00').waitFor()
  await expect.poll(() => entries(page).count()).toBe(2)
})

test("a day's row of the table leads to its entries, and they add up to its numbers", async ({ hub }) => {
  const page = await visit(hub, 'usage', september)
  await expect
    .poll(async () => (await cellsOf(page, 'Total').allTextContents()).slice(1))
    .toEqual(['24 min7 jobs', '5', '0', '$33.00', ''])
  const day = cellsOf(page, 'Sep 12, 2026')
  await expect
    .poll(async () => (await day.allTextContents()).slice(2, 6))
    .toEqual(['3 jobs', '1', '0', '$9.00'])
  await day.getByRole('link').click()
  await totals(page).getByText('1 charged unit · $9.00').waitFor()
  await totals(page).getByText('3 jobs').waitFor()
  await expect.poll(() => entries(page).count()).toBe(2)
})

test("a part of a day's bar leads to its entries, and they add up to its amount", async ({ hub }) => {
  const page = await visit(hub, 'usage', 'from=2026-09-10&to=2026-09-10&group=app')
  await page.getByRole('list', { name: 'What each colour is' }).getByText('$18.00').waitFor()
  const chart = page.getByRole('img', { name: 'Cost (tokens and money): $24.00 in all' })
  const { width, height } = (await chart.boundingBox()) ?? { width: 0, height: 0 }
  await chart.click({ position: { x: width / 2 + 25, y: height * 0.7 } })
  await totals(page).getByText('2 charged units · $18.00').waitFor()
  await expect.poll(() => new URL(page.url()).search).toBe('?day=2026-09-10&app=viewer')
})

test('use is grouped and measured as the URL says, and different units are never added up', async ({
  hub,
}) => {
  const page = await visit(hub, 'usage', september)
  await page.getByLabel('Measure').selectOption('Jobs')
  await page.getByText('Different units are not added up').waitFor()
  await page.getByRole('group', { name: 'Group by' }).getByRole('button', { name: 'API' }).click()
  await page.getByLabel('Only app').selectOption('Model viewer (viewer)')
  await page.reload()
  await page.getByRole('img', { name: 'Jobs: 7 jobs in all' }).waitFor()
  await expect.poll(() => page.getByRole('row').count()).toBe(4)
  await cellsOf(page, 'Sep 10, 2026').getByRole('link').click()
  await totals(page).getByText('2 charged units · $18.00').waitFor()
  await expect.poll(() => new URL(page.url()).search).toBe('?day=2026-09-10&app=viewer&api=model-derivative')
})

test('invalid days are reported next to the field, and the input stays typed', async ({ hub }) => {
  const page = await visit(hub, 'usage', september)
  await typeDay(page, 'To', '2026-08-01')
  await page.getByText('This day is before the first one.').waitFor()
  await typeDay(page, 'From', '2024-01-01')
  await page.getByText('At most 400 days can be shown at once.').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Last period' }).click()
  await cellsOf(page, 'Sep 12, 2026').first().waitFor()
})

test('a day that is not typed to its end stays, and what to do is said', async ({ hub }) => {
  const page = await visit(hub, 'statement')
  await dayField(page, 'Day (UTC)').getByRole('spinbutton').first().pressSequentially('10')
  await page.getByRole('heading', { level: 1 }).click()
  await page.getByText('Type the whole day, from the year 2000 on').waitFor()
  await expect.poll(() => dayField(page, 'Day (UTC)').textContent()).toContain('10/dd/yyyy')
  await expectAccessible(page)
  await typeDay(page, 'Day (UTC)', '2026-10-04')
  await page.getByText('100 Flex tokens were ordered').waitFor()
  await expect.poll(() => page.getByText('Type the whole day').count()).toBe(0)
  await expect.poll(() => new URL(page.url()).search).toBe('?day=2026-10-04')
})

test("a day is chosen with the keyboard from a calendar in the page's language, whatever the browser's is", async ({
  hub,
}) => {
  const page = await hub.visit('statement', { team: 'acme', language: 'ja' })
  await page.getByRole('button', { name: 'English' }).click()
  // The field is made again with the entries in the other language: a key pressed before that is lost.
  await page.getByRole('heading', { name: 'Statement' }).waitFor()
  await settled(page)
  await page.getByRole('button', { name: 'Calendar Day (UTC)' }).press('Enter')
  await page.getByRole('dialog').getByRole('heading', { name: 'October 2026' }).first().waitFor()
  await expectAccessible(page)
  await expectNoSidewaysScrolling(page)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/statement?day=2026-10-05')
  await expect.poll(() => dayField(page, 'Day (UTC)').textContent()).toContain('10/05/2026')
})

test('use is downloaded as CSV as the API writes it', async ({ hub }) => {
  const page = await visit(hub, 'usage', 'from=2026-09-12&to=2026-09-12')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download CSV' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('usage-acme-2026-09-12-2026-09-12.csv')
  expect(readFileSync(await file.path(), 'utf8')).toBe(
    `day,meter,app,quantity,units,tokens,usdCents\r\n2026-09-12,${complex},viewer,3,1,0,900\r\n`,
  )
})

test('the CSV has what the filters let through, and no more', async ({ hub }) => {
  const page = await visit(hub, 'usage', `${september}&app=nightly&api=automation&group=api`)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download CSV' }).click()
  expect(readFileSync(await (await download).path(), 'utf8')).toBe(
    `day,meter,app,quantity,units,tokens,usdCents\r\n2026-09-10,${autocad},nightly,1440,2,0,600\r\n`,
  )
})

test('an invoice is downloaded as a page to print', async ({ hub }) => {
  const page = await visit(hub, 'invoices', 'period=2026-09')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download to print (HTML)' }).click()
  const html = readFileSync(await (await download).path(), 'utf8')
  expect(html).toContain('<h1>Invoice acme-2026-09</h1>')
})

test('the statement is read on by a button, and says what paid', async ({ hub }) => {
  const page = await visit(hub, 'statement', 'day=2026-10-05')
  await expect.poll(() => entries(page).count()).toBe(50)
  await page.getByText('50 entries read so far').waitFor()
  await page.getByRole('button', { name: 'Show more' }).click()
  await page.getByText('63 entries', { exact: true }).waitFor()
  await page.getByText('These are all.').waitFor()
  const overrun = entries(page).filter({ hasText: 'More than was authorized' })
  await overrun.getByText('Model viewer used 3 jobs of Model Derivative API: complex jobs').waitFor()
  await overrun.getByText('Authorization job-7').waitFor()
  const drawn = entries(page).filter({ hasText: 'Nightly jobs used 36 min of Automation API: AutoCAD.' })
  await drawn.getByText('3 charged units · 3 tokens').waitFor()
  await drawn.getByRole('link', { name: 'Lot order-1' }).click()
  await page.getByText('100 Flex tokens can be used, until').waitFor()
  await expect.poll(() => new URL(page.url()).search).toBe('?lotId=order-1')
})

test('filters of the statement are in the URL, and are cleared by one button', async ({ hub }) => {
  const page = await visit(hub, 'statement')
  await page.getByLabel('What', { exact: true }).selectOption('Purchase')
  await page.getByText('1 entry', { exact: true }).waitFor()
  await page.reload()
  await page.getByText('100 Flex tokens were ordered for $300.00, $3.00 each.').waitFor()
  await typeDay(page, 'Day (UTC)', '2026-10-05')
  await page.getByText('There is no such entry.').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByText('50 entries read so far').waitFor()
  await expect.poll(() => new URL(page.url()).search).toBe('')
})

test('empty answers are read past by themselves, but not without end', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'acme' })
  let asked = 0
  await page.route('**/v1/teams/acme/entries?**', async (route) => {
    asked += 1
    const entry = { version: 1, at: '2026-09-10T09:00:00Z', kind: 'resumed' }
    await route.fulfill({
      json: asked < 8 ? { entries: [], cursor: `${100 - asked}` } : { entries: [entry] },
    })
  })
  await page.goto('/teams/acme/statement?kind=resumed')
  await page.getByText('No such entry among the newest.').waitFor()
  expect(asked).toBe(5)
  await page.getByRole('button', { name: 'Show more' }).click()
  await page.getByText('The team works again.').waitFor()
  expect(asked).toBe(8)
})

test('a team without use or invoices reads that there are none', async ({ hub }) => {
  const page = await hub.visit('usage', { team: 'bare' })
  await page.getByText('Nothing was used in these days.').waitFor()
  await page.goto('/teams/bare/invoices')
  await page.getByText('There is no document yet.').waitFor()
  await page.goto('/teams/bare/invoices?period=2026-01')
  await page.getByText('There is no invoice of 2026-01').waitFor()
})

describe.each([
  ['en', 'Usage', 'Not billed yet', 'The invoice of September 2026 was issued: $33.00 to pay.'],
  [
    'ja',
    '使用量',
    'まだ請求されていない料金',
    '2026年9月分の請求書を発行しました。お支払い額は $33.00 です。',
  ],
] as const)('in %s', (language, title, unbilled, issued) => {
  test('the pages are accessible and fit every screen', async ({ hub }) => {
    const page = await hub.visit('usage', { team: 'acme', language })
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await page.getByRole('img').waitFor()
    await check(page)
    await page.goto('/teams/acme/statement?kind=period-closed')
    await page.getByText(issued).waitFor()
    await page.goto('/teams/acme/statement')
    await entries(page).first().waitFor()
    await check(page)
    await page.goto('/teams/acme/invoices')
    await page.getByRole('heading', { name: unbilled }).waitFor()
    await check(page)
  })
})

async function check(page: Page): Promise<void> {
  await settled(page)
  await expectAccessible(page)
  await expectNoSidewaysScrolling(page)
}

test('a payment that failed says on every page until when rated APIs work, and leads to the invoice', async ({
  hub,
}) => {
  await hub.call('local', 'PUT', '/local/payments/acme', { behaviour: 'decline' })
  await use(hub, '2026-10-06T08:00:00Z', ['nightly', autocad, 144_000])
  await clock(hub, '2026-11-04T09:00:00Z')
  const page = await visit(hub, 'usage')
  const warning = page.locator('.notice').filter({ hasText: 'A payment failed' })
  await warning.getByText('Rated APIs stop on Nov 17, 2026').waitFor()
  await warning.getByRole('link', { name: 'Invoices and payment' }).click()
  await page.getByRole('row', { name: 'Invoice of October 2026' }).getByText('Due', { exact: true }).waitFor()
})

test('no visitor saw an error on the console', ({ hub }) => expect(hub.faults).toEqual([]))
