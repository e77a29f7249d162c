import type { Locator, Page } from 'playwright-core'

/** A field of a day, on a page in English. */
export function dayField(page: Page, label: string): Locator {
  return page.getByRole('group', { name: label, exact: true })
}

/** Types a day such as `2026-01-15` as an English page asks for it: month, day, year. */
export async function typeDay(page: Page, label: string, day: string): Promise<void> {
  const [year, month, dayOfMonth] = day.split('-')
  const first = dayField(page, label).getByRole('spinbutton').first()
  await first.pressSequentially(`${month}${dayOfMonth}${year}`)
}
