import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { settled } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

/* Campaigns in the operators' console: an operator moves the deadline, and apps stop or go on as the preview said. */

test.override('clockStart', '2026-01-20T09:00:00Z')
test.beforeAll(async ({ hub }) => {
  const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await hub.call('ops', 'PUT', '/v1/teams/acme', { ...profile, name: 'Acme Works' })
  await hub.call('ops', 'PUT', '/v1/teams/bolt', { ...profile, name: 'Bolt Bridges' })
  await hub.call('ops', 'PUT', '/v1/apps/acme-viewer', { teamId: 'acme', name: 'Viewer' })
  await hub.call('hub:bolt', 'PUT', '/v1/teams/bolt/hub', { name: 'Bolt' })
  await hub.call('hub:bolt', 'PUT', '/v1/teams/bolt/plan', { plan: 'free' })
})

test.for([
  ['en', 1440],
  ['ja', 768],
  ['ja', 390],
] as const)('campaigns show who is left and why, in %s at %i px', async ([language, width], { hub }) => {
  const page = await hub.visitConsole('/ops/campaigns', { language, width })
  await settled(page)
  await page.getByRole('link', { name: 'Acme Works' }).first().waitFor()
  expect(await page.getByRole('link', { name: 'Bolt Bridges' }).count()).toBe(0)
  await expectAccessible(page)
  await expectNoSidewaysScrolling(page)
})

test('apps that were stopped go on with a later deadline, and stop again with an earlier one', async ({
  hub,
}) => {
  const decide = async (authorizationId: string) => {
    const asked = { authorizationId, appId: 'acme-viewer', meter: 'automation-autocad', quantity: 1 }
    return (await hub.call('meter', 'POST', '/v1/authorizations', asked)).decision
  }
  expect(await decide('a1')).toBe('deny')
  const page = await hub.visitConsole('/ops/campaigns')
  await ask(page, '02012026', 'Partners asked for time')
  await page.getByRole('heading', { name: /^Apps that were stopped work again until Feb 1, 2026/ }).waitFor()
  await page
    .getByText('Teams that do not comply: 1. Teams without a plan: 1. Apps outside the hub: 1.')
    .waitFor()
  await page.getByRole('textbox', { name: 'To confirm, type aps-2025' }).fill('aps-2026')
  await page.getByRole('button', { name: 'Move the deadline' }).click()
  await page.getByText("This is not the campaign's id.").waitFor()
  expect(await decide('a2')).toBe('deny')
  await confirm(page)
  await page.getByText('The deadline has moved. The last day is Jan 31, 2026.').waitFor()
  expect(await decide('a3')).toBe('allow')
  await page.getByText('Last day moved from Jan 16, 2026 to Jan 31, 2026.').waitFor()
  await page.getByText('Partners asked for time').waitFor()

  await ask(page, '01192026', 'A mistake')
  await page.getByRole('heading', { name: 'Apps that do not comply stop at once' }).waitFor()
  await confirm(page)
  await page.getByText('Last day moved from Jan 31, 2026 to Jan 18, 2026.').waitFor()
  expect(await decide('a4')).toBe('deny')
})

test('the second of two operators sees that the campaign has changed, and starts again', async ({ hub }) => {
  const [first, second] = [
    await hub.visitConsole('/ops/campaigns', { operator: 'mika' }),
    await hub.visitConsole('/ops/campaigns', { operator: 'ren' }),
  ]
  await ask(first, '03012026', 'First')
  await ask(second, '04012026', 'Second')
  await first.getByText('Teams that do not comply: 1.').waitFor()
  await second.getByText('Teams that do not comply: 1.').waitFor()
  await confirm(first)
  await first.getByText('The deadline has moved.').waitFor()
  await confirm(second)
  await second.getByText('Go back to see the campaign as it is now').waitFor()
  const read = () => hub.call('ops', 'GET', '/v1/campaigns/aps-2025')
  expect((await read()).deadlineAt).toBe('2026-03-01T00:00:00Z')
  await second.getByRole('button', { name: 'Back' }).click()
  await ask(second, '04012026', 'Second')
  await second.getByText('Teams that do not comply: 1.').waitFor()
  await confirm(second)
  await second.getByText('The deadline has moved.').waitFor()
  expect((await read()).deadlineAt).toBe('2026-04-01T00:00:00Z')
})

test('no visitor saw an error on the console but the refused change', ({ hub }) =>
  expect(hub.faults.filter((fault) => !fault.includes('412'))).toEqual([]))

/** Asks for the consequences of a deadline at the beginning of a day, typed as month, day and year. */
async function ask(page: Page, day: string, reason: string): Promise<void> {
  const group = page.getByRole('group', { name: 'Refused from (day in UTC)' })
  await group.getByRole('spinbutton').first().focus()
  await page.keyboard.type(day)
  await page.getByRole('textbox', { name: 'Time in UTC' }).fill('00:00')
  await page.getByRole('textbox', { name: 'Reason' }).fill(reason)
  await page.getByRole('button', { name: 'Show the consequences' }).click()
}

async function confirm(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'To confirm, type aps-2025' }).fill('aps-2025')
  await page.getByRole('button', { name: 'Move the deadline' }).click()
}
