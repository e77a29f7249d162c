import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { settled } from '../support/browser.ts'
import { expectAccessible } from '../support/page-checks.ts'
import { test } from '../support/page-fixtures.ts'
import { afterDeadline, askFor, registerUnmigrated } from '../support/unmigrated-teams.ts'

/* The one story that the short suite tells in a browser. `test/long/hub` has all others. */

test.override('clockStart', afterDeadline)
test.beforeAll(({ hub }) => registerUnmigrated(hub, 'miyako'))

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })

test('by clicking only, in Japanese, a team without a plan gets from refused to a working app', async ({
  hub,
}) => {
  expect(await askFor(hub, 'miyako-viewer', 'before')).toMatchObject({
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
  await button(page, '購入内容を確認').click()
  await button(page, '$300.00 を支払う').click()
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

  expect(await askFor(hub, 'miyako-viewer', 'after')).toMatchObject({ decision: 'allow', fundedBy: 'flex' })
})

test('no visitor saw an error on the console', ({ hub }) => expect(hub.faults).toEqual([]))
