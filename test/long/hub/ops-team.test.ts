import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { pages } from '../../../hub/paths.ts'
import { type Hub, openHub, settled } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { expectWholeTexts } from '../../support/text-faults.ts'

/* A team's own pages in the operators' console, with the sample data: operators see everything, and change nothing. */

/** A team with use, bills, apps and webhooks. */
const team = 'harborline'
const pressesMax = 80

let hub: Hub
beforeAll(async () => {
  hub = await openHub({ clockStart: '2026-10-20T09:00:00Z' })
  const settings = { language: 'en', emails: ['team@example.com'] }
  const webhooks = [{ url: 'https://receiver.example.com/hook' }]
  await hub.call(`hub:${team}`, 'PUT', `/v1/teams/${team}/notifications`, { ...settings, webhooks })
  await hub.call('ops', 'PUT', '/v1/apps/outside', { teamId: team, name: 'Outside of the hub' })
}, 120_000)
afterEach(() => hub.leave())
afterAll(() => hub.stop())

/** The calls of the API that the page sends and that are no reads. */
function writesOf(page: Page): readonly string[] {
  const writes: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/v1/') && request.method() !== 'GET')
      writes.push(`${request.method()} ${pathname}`)
  })
  return writes
}

/** Presses everything in the page's content that can be pressed, and the enter key in every field. */
async function pressEverything(page: Page): Promise<number> {
  const content = page.locator('main')
  let presses = 0
  for (const role of ['button', 'checkbox', 'radio', 'textbox'] as const) {
    const controls = content.getByRole(role)
    for (let index = 0; index < (await controls.count()) && index < pressesMax; index++) {
      const control = controls.nth(index)
      if (!(await control.isVisible()) || !(await control.isEnabled())) continue
      await (role === 'textbox' ? control.press('Enter') : control.click({ force: true }))
      await page.keyboard.press('Escape')
      presses++
    }
  }
  return presses
}

test.each(pages)('on %s an operator presses everything and changes nothing', async (name) => {
  const page = await hub.visitConsole(`/ops/teams/${team}/${name}`)
  const writes = writesOf(page)
  await settled(page)
  const presses = await pressEverything(page)
  await settled(page)
  console.log(`${name}: ${presses} presses`)
  expect(writes.filter((write) => write !== `POST /v1/teams/${team}/what-if`)).toEqual([])
})

test('the pages say once why their buttons are disabled', async () => {
  const page = await hub.visitConsole(`/ops/teams/${team}/members`)
  const add = page.getByRole('button', { name: 'Invite' })
  await add.waitFor()
  expect(await add.isDisabled()).toBe(true)
  const note = page.getByText('Operators change nothing here.')
  expect(await note.count()).toBe(1)
  expect(await add.getAttribute('aria-describedby')).toBe(await note.getAttribute('id'))
})

test.each(['en', 'ja'] as const)('every page fits every screen in %s', async (language) => {
  const page = await hub.visitConsole(`/ops/teams/${team}/overview`, { language })
  for (const name of pages) {
    await page.goto(`/ops/teams/${team}/${name}`)
    await settled(page)
    await expectNoSidewaysScrolling(page)
    await expectWholeTexts(page, name)
    await expectAccessible(page)
  }
})

test('no visitor saw an error on the console', () => expect(hub.faults).toEqual([]))

test('a team that does not exist has no figures', async () => {
  const page = await hub.visitConsole('/ops/teams/nobody-here/members')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expect.poll(() => page.locator('main').getByRole('alert').count()).toBeGreaterThan(0)
  expect(await page.locator('main').getByRole('table').count()).toBe(0)
})
