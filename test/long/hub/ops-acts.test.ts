import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { settled } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

/* The operator's page of a team: each act once, with its preview, and its effect as the API shows it. */

test.override('clockStart', '2026-09-10T07:00:00Z')

const profile = { name: 'Acme Works', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
const time = '2026-09-10T07:05:00Z'
const usage = {
  specversion: '1.0',
  type: 'aps.usage.v1',
  source: 'urn:test',
  id: 'wrong-1',
  subject: 'viewer',
  time,
  data: { meter: 'model-derivative-complex-job', quantity: 4 },
}

test.beforeAll(async ({ hub }) => {
  const admin = { memberId: 'sora', email: 'sora@example.com' }
  await hub.call('ops', 'PUT', '/v1/teams/acme', { ...profile, admin })
  await hub.call('ops', 'PUT', '/v1/apps/viewer', { teamId: 'acme', name: 'Viewer' })
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/hub', { name: 'Hub' })
  await hub.call('hub:acme', 'POST', '/v1/teams/acme/hub/apps', { appIds: ['viewer'] })
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/plan', { plan: 'paid' })
  const order = { purchaseId: 'order-1', tokens: 100 }
  await hub.call('hub:acme', 'POST', '/v1/teams/acme/token-purchases', order)
  await hub.call('local', 'PUT', '/local/clock', { now: '2026-09-10T07:10:00Z' })
  await hub.call('meter', 'POST', '/v1/usage', [usage])
})

const reason = 'Agreed with support'

/** Fills the reason, sees the effect, types the team's id where it is asked for, and confirms. */
async function act(page: Page, confirm: string, { isDangerous = false } = {}): Promise<string> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason)
  await dialog.getByRole('button', { name: 'Show the effect' }).click()
  const button = dialog.getByRole('button', { name: confirm, exact: true })
  await button.waitFor()
  const effect = (await dialog.locator('.act-effect').textContent()) ?? ''
  if (isDangerous) {
    expect(await button.isDisabled()).toBe(true)
    const field = dialog.getByRole('textbox', { name: /Type the team's id/ })
    await field.fill('acmee')
    expect(await button.isDisabled()).toBe(true)
    await field.fill('acme')
  }
  await button.click()
  await dialog.waitFor({ state: 'detached' })
  return effect
}

test('each act shows its effect, is done once, and has its reason in the activity', async ({ hub }) => {
  const page = await hub.visitConsole('/ops/teams/acme')
  await settled(page)
  const open = (name: string | RegExp) => page.getByRole('button', { name }).first().click()
  const team = () => hub.call('hub:acme', 'GET', '/v1/teams/acme')
  const tokens = async () => {
    const { flex } = await hub.call('hub:acme', 'GET', '/v1/teams/acme/balance')
    return (flex as { tokens: number }).tokens
  }

  await open('Take back')
  expect(await act(page, 'Take back', { isDangerous: true })).toContain('Flex tokens94100')
  expect(await tokens()).toBe(100)

  await open('Give credit')
  await page.getByRole('dialog').getByRole('textbox', { name: 'Tokens' }).fill('25')
  expect(await act(page, 'Give credit')).toContain('Flex tokens100125')
  expect(await tokens()).toBe(125)

  await open('Suspend')
  expect(await act(page, 'Suspend', { isDangerous: true })).toContain(reason)
  expect(await team()).toMatchObject({ suspension: { reason } })
  await page.getByText(/Since .*, by/).waitFor()
  await open('Resume')
  await act(page, 'Resume')
  expect(await team()).not.toHaveProperty('suspension')

  await open('Edit details')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Acme Bridges')
  expect(await act(page, 'Save')).toContain('NameAcme WorksAcme Bridges')
  await page.getByRole('heading', { level: 1, name: 'Acme Bridges' }).waitFor()

  await open('Subscriptions')
  await page.getByRole('button', { name: 'Add a subscription' }).click()
  await page.getByRole('textbox', { name: 'Product' }).fill('build')
  await page.getByRole('textbox', { name: 'Number' }).fill('3')
  expect(await act(page, 'Save')).toContain('SubscriptionsNonebuild × 3')
  expect(await team()).toMatchObject({ subscriptions: [{ product: 'build', count: 3 }] })

  await open('Register an app')
  await page.getByRole('textbox', { name: 'Client id' }).fill('second')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Second app')
  expect(await act(page, 'Save')).toContain('Apps12')
  await page.locator('.team-states').getByText('Second app (second)').waitFor()

  await open('Remove sora@example.com')
  expect(await act(page, 'Remove', { isDangerous: true })).toContain('People10')
  expect(await hub.call('hub:acme', 'GET', '/v1/teams/acme/members')).toEqual({ members: [] })

  await open('Refund')
  await page.getByRole('textbox', { name: 'Payment id' }).fill('card-1')
  expect(await act(page, 'Note the refund', { isDangerous: true })).toContain('Flex tokens12525')
  expect(await tokens()).toBe(25)

  const { activity } = await hub.call('hub:acme', 'GET', '/v1/teams/acme/activity?limit=100')
  const acts = (activity as { kind: string; reason?: string }[]).filter((each) => each.reason !== undefined)
  // The runtime's clock does not move, so the order of acts says nothing.
  expect(acts.map((each) => `${each.kind}: ${each.reason}`).toSorted()).toEqual(
    [
      'adjustment',
      'app-registered',
      'invitation-withdrawn',
      'payment',
      'resumed',
      'reversal',
      'subscriptions-changed',
      'suspended',
      'team-changed',
    ].map((kind) => `${kind}: ${reason}`),
  )
})

test('the enter key never does more than show the effect', async ({ hub }) => {
  const page = await hub.visitConsole('/ops/teams/acme')
  await settled(page)
  await page.getByRole('button', { name: 'Give credit' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Tokens' }).fill('5')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason)
  const adjustments = () => hub.call('hub:acme', 'GET', '/v1/teams/acme/activity?kind=adjustment')
  const before = await adjustments()
  for (let times = 0; times < 3; times++) await page.keyboard.press('Enter')
  await dialog.locator('.act-effect').waitFor()
  for (let times = 0; times < 3; times++) await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Back' }).click()
  expect(await dialog.getByRole('textbox', { name: 'Tokens' }).inputValue()).toBe('5')
  expect(await adjustments()).toEqual(before)
})

test('the second of two operators at the same details is refused and keeps the typed text', async ({
  hub,
}) => {
  const edit = async (operator: 'mika' | 'ren', name: string) => {
    const page = await hub.visitConsole('/ops/teams/acme', { operator })
    await settled(page)
    await page.getByRole('button', { name: 'Edit details' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason)
    await dialog.getByRole('button', { name: 'Show the effect' }).click()
    await dialog.getByRole('button', { name: 'Save' }).waitFor()
    return dialog
  }
  const [first, second] = [await edit('mika', 'First'), await edit('ren', 'Second')]
  await first.getByRole('button', { name: 'Save' }).click()
  await first.waitFor({ state: 'detached' })
  await second.getByRole('button', { name: 'Save' }).click()
  await second.getByRole('alert').waitFor()
  expect(await hub.call('hub:acme', 'GET', '/v1/teams/acme')).toMatchObject({ name: 'First' })
  await second.getByRole('button', { name: 'Back' }).click()
  expect(await second.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Second')
  await second.getByRole('button', { name: 'Show the effect' }).click()
  await second.getByText('First').waitFor()
  await second.getByRole('button', { name: 'Save' }).click()
  await second.waitFor({ state: 'detached' })
  expect(await hub.call('hub:acme', 'GET', '/v1/teams/acme')).toMatchObject({ name: 'Second' })
})

test.for(['en', 'ja'] as const)('is accessible at every width, in %s', async (language, { hub }) => {
  for (const width of [390, 768, 1_440]) {
    const page = await hub.visitConsole('/ops/teams/acme', { language, width })
    await settled(page)
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
    await page.locator('.ops-team .buttons button').last().click()
    await page.getByRole('dialog').waitFor()
    await expectAccessible(page)
    await page.context().close()
  }
})

test('no visitor saw an error on the console', ({ hub }) => {
  // The browser reports the refusal of the second operator.
  expect(hub.faults.filter((fault) => !fault.includes('412'))).toEqual([])
})
