import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { makeBreakableServices } from '../../support/breakable-services.ts'
import { type Hub, openHub, settled } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'

/* The health of the platform in the console, with a publisher that really fails, because the bus does. */

const services = makeBreakableServices()
let hub: Hub

beforeAll(async () => {
  hub = await openHub({ clockStart: '2026-10-20T09:00:00Z', sample: false, between: services.between })
  const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  for (const team of ['acme', 'bolt'])
    await hub.call('ops', 'PUT', `/v1/teams/${team}`, { ...profile, name: team })
  services.broken.add('AWSEvents.PutEvents')
  await hub.call('ops', 'PUT', '/v1/teams/bolt/suspension', { reason: 'abuse' })
  await vi.waitUntil(async () => (await deadLetters()) === 1, { timeout: 120_000, interval: 500 })
  // The archive runs every five minutes.
  await hub.call('local', 'PUT', '/local/clock', { now: '2026-10-20T09:45:00Z' })
}, 240_000)
afterEach(() => hub.leave())
afterAll(async () => {
  await hub.stop()
  services.stop()
})

const deadLetters = async () => (await hub.call('ops', 'GET', '/v1/dead-letters')).messages

const words = {
  en: { attention: 'Needs attention', show: 'Show letters', redrive: 'Redrive 1 letter' },
  ja: { attention: '要対応', show: '内容を表示', redrive: '1 件を再実行' },
}

/** Opens the page with the letters of the only queue that has some. */
async function visitLetters(language: 'en' | 'ja', width = 1280): Promise<Page> {
  const page = await hub.visitConsole('/ops/health', { language, width })
  await page.getByRole('button', { name: words[language].show }).click()
  await page.getByRole('button', { name: words[language].redrive }).waitFor()
  await settled(page)
  return page
}

test.each([
  ['en', 1440],
  ['ja', 1440],
  ['en', 390],
  ['ja', 768],
] as const)('a failure of a consumer is seen at a glance, in %s and %i pixels', async (language, width) => {
  const page = await visitLetters(language, width)
  const row = page.getByRole('row').filter({ hasText: 'dead-letters' })
  expect(await row.textContent()).toContain(words[language].attention)
  expect(await page.getByRole('region').filter({ hasText: 'PublishEvents' }).count()).toBeGreaterThan(0)
  await expectAccessible(page)
  await expectNoSidewaysScrolling(page)
})

test('the runbook names a section for each alarm', async () => {
  const page = await hub.visitConsole('/ops/health')
  await page.getByText('Show 35 alarms').click()
  await page.getByText('Accounts wait for the sweep').waitFor()
  expect(await page.getByRole('definition').filter({ hasText: 'sweep-behind' }).count()).toBe(1)
  await expectAccessible(page)
})

test('the readers of all teams are examined on request, and name the team that is behind', async () => {
  const page = await hub.visitConsole('/ops/health')
  await page.getByRole('button', { name: 'Examine all teams' }).click()
  const status = page.getByRole('status').filter({ hasText: '2 teams examined' })
  await status.filter({ hasText: '1 lag was found' }).waitFor()
  const lags = page.getByRole('group', { name: 'Teams that are behind' })
  expect(await lags.getByRole('row').last().textContent()).toMatch(/^boltEvents to the bus\s*2$/)
})

test('a redrive needs a reason and the name of its queue, and shows that the work fails again', async () => {
  const page = await visitLetters('en')
  await page.getByRole('button', { name: words.en.redrive }).click()
  const dialog = page.getByRole('dialog')
  const send = dialog.getByRole('button', { name: 'Redrive' })
  await dialog.getByLabel('Reason').fill('The bus works again')
  expect(await send.isDisabled()).toBe(true)
  await dialog.getByLabel('Name of the queue').fill('events-facts')
  expect(await send.isDisabled()).toBe(true)
  await dialog.getByLabel('Name of the queue').fill('Events-Facts')
  await expectAccessible(page)
  await send.click()
  await page.getByRole('heading', { name: '0 letters were redriven' }).waitFor()
  expect(await page.getByText('1 letter stays in the queue.').count()).toBe(1)
  expect(await deadLetters()).toBe(1)
})

test('a redrive after the fix does the work, and the letter leaves the queue', async () => {
  services.broken.clear()
  const page = await visitLetters('en')
  await page.getByRole('button', { name: words.en.redrive }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('The bus works again')
  await dialog.getByLabel('Name of the queue').fill('Events-Facts')
  await dialog.getByLabel('Name of the queue').press('Enter')
  await page.getByRole('heading', { name: '1 letter was redriven' }).waitFor()
  expect(await deadLetters()).toBe(0)
  await page.getByText('All checks are good').waitFor()
  await page.getByRole('button', { name: 'Examine all teams' }).click()
  await page.getByText('All 2 teams are up to date').waitFor()
})

test('no visitor saw an error on the console', () => expect(hub.faults).toEqual([]))
