import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { settled } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

/* The team's own alerts on the notifications page. */

test.beforeAll(async ({ hub }) => {
  const profile = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await hub.call('ops', 'PUT', '/v1/teams/acme', profile)
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/plan', { plan: 'paid' })
  const order = { purchaseId: 'p1', tokens: 100 }
  await hub.call('hub:acme', 'POST', '/v1/teams/acme/token-purchases', order)
})

const panel = (page: Page) => page.locator('.panel').filter({ hasText: 'You are notified once' })

test('an admin adds an alert, sees that it is reached, changes and removes it', async ({ hub }) => {
  const page = await hub.visit('notifications', { team: 'acme', role: 'admin' })
  await page.getByRole('button', { name: 'Add alert' }).click()
  await page.getByLabel('Notify when').selectOption('tokens-left')
  await page.getByLabel('Threshold in tokens').fill('150')
  await page.getByRole('button', { name: 'Save alert' }).click()
  const item = panel(page).getByRole('listitem')
  await expect.poll(() => item.innerText()).toContain('Reached')
  expect(await item.innerText()).toContain('Now 100 tokens')
  await settled(page)
  await expectAccessible(page)
  await expectNoSidewaysScrolling(page)
  await page.getByRole('button', { name: /^Change:/ }).click()
  await page.getByLabel('Threshold in tokens').fill('50')
  await page.getByRole('button', { name: 'Save alert' }).click()
  await expect.poll(() => item.innerText()).toContain('Not reached')
  await page.getByRole('button', { name: /^Remove: / }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect.poll(() => panel(page).innerText()).toContain('No alert is set.')
})
