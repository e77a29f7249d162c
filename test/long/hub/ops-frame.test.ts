import { expect } from 'vitest'
import { settled, signInAsOperator } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

/* The frame of the operators' console, and who is let into it. */

test.override('clockStart', '2026-09-10T07:00:00Z')
test.beforeAll(async ({ hub }) => {
  const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await hub.call('ops', 'PUT', '/v1/teams/acme', { ...profile, name: 'Acme Works' })
  await hub.call('ops', 'PUT', '/v1/teams/bolt', { ...profile, name: 'Bolt Bridges' })
})

test.for(['en', 'ja'] as const)(
  'an operator signs in and finds a team by its name, in %s',
  async (language, { hub }) => {
    const page = await hub.visitConsole('/ops', { language })
    await settled(page)
    expect(new URL(page.url()).pathname).toBe('/ops/teams')
    await page.getByRole('searchbox').fill('bolt')
    await expect.poll(() => page.getByRole('table').getByRole('row').count()).toBe(2)
    expect(await page.getByRole('table').textContent()).toContain('Bolt Bridges')
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
  },
)

test('the list goes on at the press of a button, and by itself while nothing is found', async ({ hub }) => {
  const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  const register = (index: number) =>
    hub.call('ops', 'PUT', `/v1/teams/many-${1000 + index}`, { ...profile, name: `Workshop ${index}` })
  for (let index = 0; index < 350; index += 25)
    await Promise.all(Array.from({ length: 25 }, (_, offset) => register(index + offset)))
  await hub.call('ops', 'PUT', '/v1/teams/zebra', { ...profile, name: 'Workshop Kumo' })
  const page = await hub.visitConsole('/ops/teams')
  await page.getByText('First 50 teams', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Show more teams' }).click()
  await page.getByText('First 100 teams', { exact: true }).waitFor()
  // A page examines 300 teams. The only one that has both words is behind them.
  await page.getByRole('searchbox').fill('workshop kumo')
  await page.getByText('1 team', { exact: true }).waitFor()
  expect(await page.getByRole('row').count()).toBe(2)
  expect(new URL(page.url()).search).toBe('?query=workshop+kumo')
})

test('an admin of a team sees no console and can sign in as an operator', async ({ hub }) => {
  const page = await hub.visit('overview', { team: 'acme' })
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/v1/')) asked.push(pathname)
  })
  await page.goto('/ops/teams')
  await page.getByRole('heading', { name: 'Only operators can open this page' }).waitFor()
  expect(asked).toEqual([])
  await page.getByRole('button', { name: 'Sign in as an operator' }).click()
  await page.getByRole('searchbox').waitFor({ state: 'detached' })
  await signInAsOperator(page, {})
  await page.getByRole('heading', { name: 'Teams', exact: true }).waitFor()
})

test('a path that the console does not have says so', async ({ hub }) => {
  const page = await hub.visitConsole('/ops/nowhere')
  await page.getByRole('heading', { name: 'Not found' }).waitFor()
  await page.getByRole('link', { name: 'To the list of teams' }).click()
  await page.getByRole('heading', { name: 'Teams', exact: true }).waitFor()
})

test('no visitor saw an error on the console', ({ hub }) => expect(hub.faults).toEqual([]))
