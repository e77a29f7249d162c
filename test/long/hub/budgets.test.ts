import type { Page } from 'playwright-core'
import * as v from 'valibot'
import { describe, expect } from 'vitest'
import { type BudgetAnswer, budgetAnswer } from '../../../contract/budget.ts'
import { type Hub, settled } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

/* The budgets of agents on the page for developers. */

test.beforeAll(async ({ hub }) => {
  const profile = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await hub.call('ops', 'PUT', '/v1/teams/acme', profile)
  await hub.call('ops', 'PUT', '/v1/apps/viewer', { teamId: 'acme', name: 'The viewer' })
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/plan', { plan: 'paid' })
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/hub', { name: 'Acme hub' })
  await hub.call('hub:acme', 'POST', '/v1/teams/acme/hub/apps', { appIds: ['viewer'] })
  const order = { purchaseId: 'p1', tokens: 100 }
  await hub.call('hub:acme', 'POST', '/v1/teams/acme/token-purchases', order)
})

const panel = (page: Page, name = 'Budgets for agents') => page.getByRole('region', { name })

async function budgetsOf({ call }: Pick<Hub, 'call'>): Promise<readonly BudgetAnswer[]> {
  const { budgets } = await call('hub:acme', 'GET', '/v1/teams/acme/budgets')
  return v.parse(v.array(budgetAnswer), budgets)
}

describe('the budgets of agents', () => {
  test('an admin makes one, copies its key once, sees its use, and revokes it', async ({ hub }) => {
    const page = await hub.visit('integrate', { team: 'acme' })
    await panel(page).getByText('The team has no budget.').waitFor()
    await panel(page).getByRole('button', { name: 'Make budget' }).click()
    const dialog = page.getByRole('dialog', { name: 'Make budget' })
    await dialog.getByLabel('Name of the key').fill('Night agent')
    expect(await dialog.getByRole('button', { name: 'Make budget' }).isDisabled()).toBe(true)
    await dialog.getByLabel('Tokens at most').fill('2.5')
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
    await dialog.getByRole('button', { name: 'Make budget' }).click()
    await panel(page).getByText('It is not shown again.').waitFor()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await panel(page).getByRole('button', { name: 'Copy: Key of Night agent' }).click()
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toMatch(/^tgk_[\w-]{40,}$/)
    await settled(page)
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
    await page.getByRole('button', { name: 'I have stored it: Night agent' }).click()
    await expect.poll(() => panel(page).innerText()).not.toContain('tgk_')

    const [budget] = await budgetsOf(hub)
    const use = { appId: 'viewer', meter: 'automation-autocad', quantity: 720, budgetId: budget?.budgetId }
    await hub.call('meter', 'POST', '/v1/authorizations', { authorizationId: 'night-1', ...use })
    await hub.call('meter', 'POST', '/v1/authorizations/night-1/captures', { used: 720, final: true })
    await page.reload()
    const item = panel(page).getByRole('listitem')
    await expect.poll(() => item.innerText()).toContain('1 of 2.5 used')
    // The clock of the page begins on 20 October: 30 days later, at the end of the day.
    for (const text of ['App: The viewer', '2.5 tokens a day', 'Works until Nov 20, 2026, 00:00 UTC'])
      expect(await item.innerText()).toContain(text)
    expect(await panel(page).innerText()).not.toContain('tgk_')

    await page.getByRole('button', { name: 'Revoke: Night agent' }).click()
    const question = page.getByRole('dialog', { name: 'Revoke Night agent?' })
    await question.getByRole('button', { name: 'Revoke' }).click()
    await panel(page).getByText('The team has no budget.').waitFor()
    expect(await budgetsOf(hub)).toEqual([])
  })

  test('one in dollars a month is made in Japanese', async ({ hub }) => {
    const page = await hub.visit('integrate', { team: 'acme', language: 'ja' })
    const japanese = panel(page, 'エージェントの予算')
    await japanese.getByRole('button', { name: '予算を作成' }).click()
    const dialog = page.getByRole('dialog', { name: '予算を作成' })
    await dialog.getByLabel('キーの名前').fill('夜間エージェント')
    await dialog.getByRole('radio', { name: '米ドル' }).check({ force: true })
    await dialog.getByLabel('上限 (米ドル)').fill('12.50')
    await dialog.getByRole('radio', { name: '1 か月' }).check({ force: true })
    await dialog.getByRole('button', { name: '予算を作成' }).click()
    await japanese.getByText('再表示はできません').waitFor()
    expect(await japanese.getByRole('listitem').innerText()).toContain('使用済み $0.00 / $12.50')
    await settled(page)
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
    await page.getByRole('button', { name: '取り消す: 夜間エージェント' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '取り消す' }).click()
    await japanese.getByText('予算はありません。').waitFor()
  })

  test('an end that is too far away is named at its field, and the typed values stay', async ({ hub }) => {
    const page = await hub.visit('integrate', { team: 'acme' })
    await panel(page).getByRole('button', { name: 'Make budget' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name of the key').fill('Far')
    await dialog.getByLabel('Tokens at most').fill('1')
    await dialog.getByRole('spinbutton', { name: /year/i }).click()
    await page.keyboard.type('2030')
    await dialog.getByRole('button', { name: 'Make budget' }).click()
    await dialog.getByRole('alert').getByText('at most').waitFor()
    expect(await dialog.getByLabel('Name of the key').inputValue()).toBe('Far')
  })

  test('a key whose answer was lost is not shown, and the page says what to do', async ({ hub }) => {
    const page = await hub.visit('integrate', { team: 'acme' })
    let isLost = false
    await page.route('**/budgets', async (route) => {
      if (route.request().method() !== 'POST' || isLost) return route.continue()
      isLost = true
      await route.fetch()
      return route.abort()
    })
    await panel(page).getByRole('button', { name: 'Make budget' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name of the key').fill('Lost agent')
    await dialog.getByLabel('Tokens at most').fill('1')
    await dialog.getByRole('button', { name: 'Make budget' }).click()
    await dialog.getByRole('alert').waitFor()
    await dialog.getByRole('button', { name: 'Make budget' }).click()
    await panel(page).getByText('The key did not arrive').waitFor()
    expect(await budgetsOf(hub)).toHaveLength(1)
  })

  test('developers see no budget and no button', async ({ hub }) => {
    const page = await hub.visit('integrate', { team: 'acme', role: 'developer' })
    await panel(page).getByText('Admins of the team see and make budgets.').waitFor()
    await settled(page)
    expect(await panel(page).getByRole('button').count()).toBe(0)
  })

  test('operators see them and change nothing', async ({ hub }) => {
    const page = await hub.visitConsole('/ops/teams/acme/integrate')
    await panel(page).getByRole('listitem').waitFor()
    expect(await panel(page).getByRole('button', { name: 'Make budget' }).isDisabled()).toBe(true)
    expect(
      await panel(page)
        .getByRole('button', { name: /^Revoke/ })
        .isDisabled(),
    ).toBe(true)
  })
})
