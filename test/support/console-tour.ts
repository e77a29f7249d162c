import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import type { Language } from '../../core/texts/texts-model.ts'
import { settled } from './browser.ts'

/** The clock of the tour, after the launch's deadline. */
export const tourStart = '2026-11-28T09:00:00Z'

export interface TourStop {
  /** The file name of the picture that shows where the stop ends, without language. */
  readonly picture: string
  /** Leads from where the stop before ended to where this one ends, by clicks and keys only. */
  readonly go: (page: Page, name: Names) => Promise<void>
}

/** Returns a text of the page by its file and key. */
export type Names = (file: string, key: string) => string

/** The texts of the page in a language, as a person reads them on its buttons and fields. */
export function namesIn(language: Language): Names {
  return (file, key) => {
    const path = fileURLToPath(new URL(`../../hub/locales/${language}/${file}.json`, import.meta.url))
    const found = key.split('.').reduce((texts, part) => texts[part], JSON.parse(readFileSync(path, 'utf8')))
    if (typeof found !== 'string') throw new Error(`${file} has no text ${key}`)
    return found
  }
}

/** The keys for 31 December 2026 in the field of a day, in the order of the language. */
const newDay: Readonly<Record<string, string>> = { en: '12312026', ja: '20261231' }

/** The tour of the README: find an overdue team, see why, take a wrong use back, move the deadline. It begins at `/ops`. */
export const tour: readonly TourStop[] = [
  {
    picture: 'console-1-teams',
    async go(page, name) {
      await page.getByRole('combobox', { name: name('ops-teams', 'stateFilter') }).selectOption('overdue')
      await page.getByRole('link', { name: 'Tanager Civil' }).waitFor()
    },
  },
  {
    picture: 'console-2-team',
    async go(page, name) {
      await page.getByRole('link', { name: 'Tanager Civil' }).click()
      await page.getByRole('heading', { name: name('ops-team', 'states.title') }).waitFor()
      await page.getByText('PAYMENT_OVERDUE').waitFor()
    },
  },
  {
    picture: 'console-3-take-back',
    async go(page, name) {
      const use = page.getByRole('listitem').filter({ hasText: '$1,800.00' })
      await use.getByRole('button', { name: name('ops-team', 'reverse.open') }).click()
      const dialog = page.getByRole('dialog')
      const reason = dialog.getByRole('textbox', { name: name('ops-team', 'act.reason') })
      await reason.fill('Milliseconds were reported as seconds')
      await dialog.getByRole('button', { name: name('ops-team', 'act.preview') }).click()
      await dialog.locator('.act-effect').waitFor()
    },
  },
  {
    picture: 'console-4-money',
    async go(page, name) {
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox').fill('tanager-civil')
      await dialog.getByRole('button', { name: name('ops-team', 'reverse.confirm'), exact: true }).click()
      await dialog.waitFor({ state: 'detached' })
      await page.getByRole('link', { name: name('ops', 'allTeams') }).click()
      await page.getByRole('link', { name: name('ops', 'page.money'), exact: true }).click()
      await page.getByText('$45.00').first().waitFor()
    },
  },
  {
    picture: 'console-5-deadline',
    async go(page, name) {
      await page.getByRole('link', { name: name('ops', 'page.campaigns'), exact: true }).click()
      const day = page.getByRole('group', { name: name('ops-campaigns', 'move.day') })
      await day.getByRole('spinbutton').first().focus()
      await page.keyboard.type(newDay[String(await page.evaluate('document.documentElement.lang'))] ?? '')
      const reason = page.getByRole('textbox', { name: name('ops-campaigns', 'reason') })
      await reason.fill('Some teams asked for more time')
      await page.getByRole('button', { name: name('ops-campaigns', 'move.preview') }).click()
      await page.getByText(name('ops-campaigns', 'move.stepsAfter')).waitFor()
    },
  },
  {
    picture: 'console-6-health',
    async go(page, name) {
      await page.getByRole('textbox', { name: /aps-2025/ }).fill('aps-2025')
      await page.getByRole('button', { name: name('ops-campaigns', 'move.move'), exact: true }).click()
      await page.getByText('Some teams asked for more time').waitFor()
      await page.getByRole('link', { name: name('ops', 'page.health'), exact: true }).click()
      await page.getByRole('heading', { level: 1, name: name('ops', 'page.health') }).waitFor()
      await settled(page)
    },
  },
]
