import type { Locator, Page } from 'playwright-core'

/** A date field on an English page. */
export function dayField(page: Page, label: string): Locator {
  return page.getByRole('group', { name: label, exact: true })
}

/** Types a day such as `2026-01-15` in the order of an English page: month, day, year. */
export async function typeDay(page: Page, label: string, day: string): Promise<void> {
  const [year, month, dayOfMonth] = day.split('-')
  const first = dayField(page, label).getByRole('spinbutton').first()
  await first.pressSequentially(`${month}${dayOfMonth}${year}`)
}
