import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { consolePages } from '../../../hub/ops/paths.ts'
import { type Hub, openHub, settled } from '../../support/browser.ts'
import { expectReachableByKeyboard } from '../../support/keyboard-checks.ts'
import { expectLightFonts, expectNoSidewaysScrolling, expectReadable } from '../../support/page-checks.ts'

/* Every page of the operators' console with the sample data: in both languages, on every screen, and for nobody else. */

let hub: Hub
beforeAll(async () => {
  hub = await openHub({ clockStart: '2026-10-20T09:00:00Z' })
}, 120_000)
afterEach(() => hub.leave())
afterAll(() => hub.stop())

describe.each(['en', 'ja'] as const)('in %s', (language) => {
  test.each(consolePages)('%s fits every screen and can be used by every operator', async (name) => {
    const page = await hub.visitConsole(`/ops/${name}`, { language })
    await settled(page)
    await expectLightFonts(page)
    await expectNoSidewaysScrolling(page)
    await expectReadable(page)
  })
})

test.each(consolePages)('%s is reached in all its parts by keyboard alone', async (name) => {
  const page = await hub.visitConsole(`/ops/${name}`)
  await settled(page)
  await expectReachableByKeyboard(page)
})

const paths = [
  '/ops',
  ...consolePages.map((name) => `/ops/${name}`),
  '/ops/teams/tanager-civil',
  '/ops/teams/tanager-civil/overview',
]

/** The calls of the API that the page sends. */
function callsOf(page: Page): readonly string[] {
  const calls: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/v1/')) calls.push(pathname)
  })
  return calls
}

test.each(['admin', 'developer'] as const)(
  "a team's %s sees nothing on any path of the console, and calls nothing",
  async (role) => {
    const page = await hub.visit('overview', { team: 'harborline', role })
    await settled(page)
    for (const path of paths) {
      const calls = callsOf(page)
      await page.goto(path)
      await page.getByRole('heading', { name: 'Only operators can open this page' }).waitFor()
      expect([path, calls.filter((call) => !call.startsWith('/v1/teams/harborline'))]).toEqual([path, []])
      expect(await page.getByText('Tanager').count()).toBe(0)
    }
  },
)

test('somebody who has not signed in is sent to the sign-in from every path of the console', async () => {
  for (const path of paths) {
    const page = await hub.open('/signed-out')
    const calls = callsOf(page)
    await page.goto(path)
    await page.waitForURL((url) => url.pathname.startsWith('/local/'))
    expect([path, calls]).toEqual([path, []])
    await page.context().close()
  }
})

test('no visitor saw an error on the console', () => expect(hub.faults).toEqual([]))
