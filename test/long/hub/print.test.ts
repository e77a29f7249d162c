import { expect } from 'vitest'
import { settled } from '../../support/browser.ts'
import { test } from '../../support/page-fixtures.ts'

/* Pages on paper: what they say, in black on white, without what can only be operated. */

const jobs = 'model-derivative-complex-job'
const printed = ['overview', 'usage', 'statement', 'invoices'] as const
const white = 'rgb(255, 255, 255)'

test.override('clockStart', '2026-09-10T07:00:00Z')
test.beforeAll(async ({ hub }) => {
  const profile = { name: 'Acme Works', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await hub.call('ops', 'PUT', '/v1/teams/acme', profile)
  await hub.call('ops', 'PUT', '/v1/apps/viewer', { teamId: 'acme', name: 'Model viewer' })
  const acme = (method: string, path: string, body: object) =>
    hub.call('hub:acme', method, `/v1/teams/acme/${path}`, body)
  await acme('PUT', 'plan', { plan: 'paid', payAsYouGo: true })
  await acme('PUT', 'hub', { name: 'Acme hub' })
  await acme('POST', 'hub/apps', { appIds: ['viewer'] })
  const use = { authorizationId: 'september', appId: 'viewer', meter: jobs, quantity: 8 }
  await hub.call('meter', 'POST', '/v1/authorizations', use)
  await hub.call('meter', 'POST', '/v1/authorizations/september/captures', { used: 8, final: true })
  await hub.call('local', 'PUT', '/local/clock', { now: '2026-10-04T09:00:00Z' })
})

test.for(printed)(
  '%s is printed without navigation and buttons, in black on white',
  async (name, { hub }) => {
    const page = await hub.visit(name, { team: 'acme' })
    await settled(page)
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await expect.poll(() => page.getByRole('navigation').count()).toBe(0)
    expect(await page.getByRole('button').count()).toBe(0)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByText('Acme Works').first().waitFor()
    const colours = await page.evaluate<string[]>(
      "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('h1')).color]",
    )
    expect(colours).toEqual([white, 'rgb(0, 0, 0)'])
  },
)

test('a table is printed whole', async ({ hub }) => {
  const page = await hub.visit('invoices', { team: 'acme' })
  await page.getByRole('link', { name: 'September 2026' }).first().click()
  await settled(page)
  // The width of a sheet of A4 inside its margins, at 96 pixels an inch.
  await page.setViewportSize({ width: 688, height: 900 })
  await page.emulateMedia({ media: 'print' })
  const cut = await page.evaluate<string[]>(
    "[...document.querySelectorAll('.table')].filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.textContent)",
  )
  expect(await page.locator('.table').count()).toBeGreaterThan(0)
  expect(cut).toEqual([])
  const pdf = await page.pdf({ format: 'A4' })
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
})

test('no visitor saw an error on the console', ({ hub }) => expect(hub.faults).toEqual([]))
