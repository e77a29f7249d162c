import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { readingWidths, screenWidths } from './screen-widths.ts'
import { expectWholeTexts } from './text-faults.ts'

/** Fails with axe's findings on the current page. */
export async function expectAccessible(page: Page): Promise<void> {
  // React Aria's announcer names a button that was pending for some seconds, even after the button has
  // disappeared.
  const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`)
  expect(found).toEqual([])
}

/**
 * Fails when the page stays wider than the window, at the widths of a phone, a tablet and a large screen. A
 * page changes its layout after a resize (an open calendar moves with the next frame), so the check waits,
 * without a reload.
 */
export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const before = page.viewportSize()
  for (const width of screenWidths) {
    await page.setViewportSize({ width, height: 900 })
    const wide = () => page.evaluate('document.documentElement.scrollWidth')
    await expect.poll(wide, { message: `at ${width} px` }).toBeLessThanOrEqual(width)
  }
  if (before !== null) await page.setViewportSize(before)
}

/** Fails unless the page is whole and accessible at each reading width, in light and dark colours. */
export async function expectReadable(page: Page): Promise<void> {
  const before = page.viewportSize()
  for (const width of readingWidths) {
    await page.setViewportSize({ width, height: 900 })
    await expectWholeTexts(page, `at ${width} px`)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page)
    }
  }
  if (before !== null) await page.setViewportSize(before)
}

/** Largest sum of the fonts that a page loads, in bytes. */
const fontBytesMax = 200_000

/** Fails if the page has loaded more fonts than a reader on a slow line should wait for. Returns their size. */
export async function expectLightFonts(page: Page): Promise<number> {
  const sizes = `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.woff2'))
    .map(({ encodedBodySize }) => encodedBodySize)`
  const bytes = (await page.evaluate<number[]>(sizes)).reduce((sum, size) => sum + size, 0)
  expect(bytes).toBeGreaterThan(0)
  expect(bytes).toBeLessThanOrEqual(fontBytesMax)
  return bytes
}
