import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Hub, openHub, settled } from '../support/browser.ts'
import { expectAccessible } from '../support/page-checks.ts'

const afterDeadline = '2026-01-20T09:00:00Z'

let hub: Hub
beforeAll(async () => {
  hub = await openHub({ clockStart: afterDeadline, sample: false })
  const profile = { country: 'JP', paymentMethod: 'credit-card', standing: 'good' }
  for (const team of ['miyako', 'aoi']) {
    await hub.call('ops', 'PUT', `/v1/teams/${team}`, { name: `${team} lab`, ...profile })
    for (const app of ['viewer', 'batch'])
      await hub.call('ops', 'PUT', `/v1/apps/${team}-${app}`, { teamId: team, name: `${team} ${app}` })
  }
})
afterEach(() => hub.leave())
afterAll(() => hub.stop())

/** What a service of APS is told that asks for an app. */
const asked = (authorizationId: string, appId: string) =>
  hub.call('meter', 'POST', '/v1/authorizations', {
    authorizationId,
    appId,
    meter: 'automation-revit',
    quantity: 720,
  })

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })

test('by clicking only, in Japanese, a team without a plan gets from refused to a working app', async () => {
  expect(await asked('before', 'miyako-viewer')).toMatchObject({
    decision: 'deny',
    refusal: { code: 'APP_NOT_IN_HUB' },
  })

  const page = await hub.open('/', { language: 'ja' })
  await button(page, 'サインイン: miyako lab').click()
  await page.getByRole('main').getByRole('link', { name: 'プランとトークン' }).click()

  await page.getByText('有料プラン', { exact: true }).click()
  await page.getByText('変更後に停止するもの: Flexトークンが不足しています').waitFor()
  await button(page, '有料プランに変更').click()
  await page.getByRole('heading', { name: '有料プランになりました' }).waitFor()
  await link(page, 'Flexトークンの購入へ').click()

  await page.getByText('100 トークン × $3.00 =$300.00').waitFor()
  await page.getByText('有効期限: 2027年1月21日').waitFor()
  await button(page, '購入する').click()
  await page.getByRole('heading', { name: '100 トークンを追加しました' }).waitFor()
  await link(page, 'アプリへ進む').last().click()

  await page.getByText('アプリがデベロッパーハブに移行されていません').first().waitFor()
  await button(page, 'デベロッパーハブを作成').click()
  await page.getByRole('dialog').getByRole('textbox').fill('都ハブ')
  await button(page, '保存').click()
  await button(page, 'すべてのアプリを移行').click()
  await page.getByText('2 件中 2 件が完了').waitFor()
  await page.getByText('すべて完了').waitFor()
  await expect.poll(() => page.getByText('動作中', { exact: true }).count()).toBe(2)
  await settled(page)
  await expectAccessible(page)

  expect(await asked('after', 'miyako-viewer')).toMatchObject({ decision: 'allow', fundedBy: 'flex' })
})

test('the same path by keyboard only', async () => {
  const page = await hub.open('/teams/aoi/plan', { language: 'ja' })
  await tabTo(page, 'サインイン: aoi lab', 'Enter')
  await page.getByRole('radio').first().waitFor()
  // The free plan is chosen when the two are entered; the arrow goes on to the paid one.
  await tabTo(page, '無料プラン', 'ArrowDown')
  await button(page, '有料プランに変更').waitFor()
  await tabTo(page, '有料プランに変更', 'Enter')
  await page.getByRole('heading', { name: '有料プランになりました' }).waitFor()
  await tabTo(page, 'Flexトークンの購入へ', 'Enter')
  await tabTo(page, '購入するトークン数', 'Enter')
  await page.getByRole('heading', { name: '100 トークンを追加しました' }).waitFor()
  await tabTo(page, 'アプリへ進む', 'Enter')
  await button(page, 'デベロッパーハブを作成').waitFor()
  await tabTo(page, 'デベロッパーハブを作成', 'Enter')
  await page.getByRole('dialog').waitFor()
  await tabTo(page, 'デベロッパーハブの名前', 'x')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await tabTo(page, 'aoi batch', ' ')
  await tabTo(page, '1 件をデベロッパーハブに移行', 'Enter')
  await page.getByText('1 件中 1 件が完了').waitFor()
  expect(await asked('aoi-after', 'aoi-batch')).toMatchObject({ decision: 'allow', fundedBy: 'flex' })
  expect(await asked('aoi-other', 'aoi-viewer')).toMatchObject({ refusal: { code: 'APP_NOT_IN_HUB' } })
})

const stepsMax = 60

/** Presses Tab until what has the focus is called so, then a key. Throws when a round through the page does not meet it. */
async function tabTo(page: Page, name: string, key: string): Promise<void> {
  const target = page
    .getByRole('button', { name, exact: true })
    .or(page.getByRole('link', { name, exact: true }))
    .or(page.getByRole('radio', { name, exact: true }))
    .or(page.getByRole('textbox', { name }))
    .or(page.getByRole('checkbox', { name, exact: true }))
  await target.first().waitFor({ state: 'attached' })
  for (let steps = 0; steps < stepsMax; steps++) {
    for (const one of await target.all())
      if (await one.evaluate((element) => element.ownerDocument.activeElement === element))
        return page.keyboard.press(key)
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${name}`)
}

test('no visitor saw an error on the console', () => expect(hub.faults).toEqual([]))
