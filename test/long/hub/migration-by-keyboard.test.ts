import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../../support/page-fixtures.ts'
import { afterDeadline, askFor, registerUnmigrated } from '../../support/unmigrated-teams.ts'

test.override('clockStart', afterDeadline)
test.beforeAll(({ hub }) => registerUnmigrated(hub, 'aoi'))

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('the same path by keyboard only', async ({ hub }) => {
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
  await page.getByRole('dialog').waitFor()
  await tabTo(page, '$300.00 を支払う', 'Enter')
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
  expect(await askFor(hub, 'aoi-batch', 'aoi-after')).toMatchObject({ decision: 'allow', fundedBy: 'flex' })
  expect(await askFor(hub, 'aoi-viewer', 'aoi-other')).toMatchObject({ refusal: { code: 'APP_NOT_IN_HUB' } })
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

test('no visitor saw an error on the console', ({ hub }) => expect(hub.faults).toEqual([]))
