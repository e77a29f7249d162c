import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** A page with more stops than this would tire a person who uses the keyboard. */
const stopsMax = 300

/** Collects what a person can operate, without the members of a radio group, which the arrow keys reach. */
const collect = `(() => {
  const all = 'a[href], button, input, select, textarea, [tabindex]'
  const isStop = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.disabled && element.tabIndex >= 0 && element.type !== 'radio'
    && element.closest('[aria-hidden=true], [inert]') === null
  window.stops = [...document.querySelectorAll(all)].filter(isStop)
  return window.stops.length
})()`

/** Describes the stop that has the focus, and how a person who sees the page can find it. */
const inspect = `(() => {
  const element = document.activeElement
  if (element === null || element === document.body) return { index: -1, fault: '' }
  const hasRing = (one) => getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) > 0
  const near = [element, element.parentElement, element.parentElement.parentElement, element.closest('[data-focus-visible], label')]
  const isMarked = near.some((one) => one !== null && (hasRing(one) || [...one.querySelectorAll('*')].some(hasRing)))
  const { left, top, width, height } = element.getBoundingClientRect()
  const seen = document.elementFromPoint(left + width / 2, Math.min(top + height / 2, innerHeight - 1))
  const isCovered = width > 1 && (seen === null || !(element.contains(seen) || seen.contains(element) || seen.closest('label') !== null))
  const text = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40)
  const fault = !isMarked ? 'no visible focus: ' : isCovered ? 'covered: ' : ''
  return { index: window.stops.indexOf(element), fault: fault && fault + element.tagName + ' ' + text }
})()`

/** Describes the stops with these numbers. */
const describeStops = (indexes: readonly number[]) =>
  `${JSON.stringify(indexes)}.map((index) => window.stops[index].outerHTML.slice(0, 120))`

interface Stop {
  readonly index: number
  readonly fault: string
}

/**
 * Presses Tab from the start of the page to its end. Fails with each control that the focus does not reach, that
 * does not show the focus, or that is covered while it has the focus, and if the focus never leaves.
 */
export async function expectReachableByKeyboard(page: Page): Promise<void> {
  await page.evaluate(
    'document.activeElement?.blur(); getSelection()?.removeAllRanges(); window.scrollTo(0, 0)',
  )
  const count = Number(await page.evaluate(collect))
  const reached = new Set<number>()
  const faults: string[] = []
  for (let presses = 0; presses < stopsMax; presses += 1) {
    await page.keyboard.press('Tab')
    const { index, fault } = await page.evaluate<Stop>(inspect)
    if (reached.has(index) || (index < 0 && reached.size >= count)) break
    if (index >= 0) reached.add(index)
    if (fault !== '') faults.push(fault)
  }
  const missed = Array.from({ length: count }, (_, index) => index).filter((index) => !reached.has(index))
  expect(faults).toEqual([])
  expect(await page.evaluate(describeStops(missed))).toEqual([])
}
