import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/**
 * Runs in the page. Returns the texts that are cut, lie outside of their box or the window, or have a word on two
 * lines. Addresses and ids are longer than a line of a phone, so they may be broken.
 */
const findFaults = String.raw`(() => {
  const faults = new Set()
  const slack = 1.5
  const inView = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  const isClipped = (element) => element.closest('.visually-hidden, thead, [data-live-announcer], .skip-link, option, svg, noscript') !== null
  const name = (element) => element.tagName.toLowerCase() + (element.classList.length ? '.' + [...element.classList].join('.') : '')
  const note = (kind, element, text) => faults.add(kind + ' in ' + name(element) + ': ' + text.trim().slice(0, 60))
  const scroller = (element) => {
    for (let box = element; box !== null; box = box.parentElement)
      if (/auto|scroll/.test(getComputedStyle(box).overflowX)) return box
    return null
  }
  const blockOf = (element) => {
    let box = element
    while (/^(inline|contents)$/.test(getComputedStyle(box).display)) box = box.parentElement
    return box
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement
    const text = node.data
    if (text.trim() === '' || !inView(element) || isClipped(element)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const box = blockOf(element).getBoundingClientRect()
    const isScrolled = scroller(element) !== null
    for (const { left, right, width } of range.getClientRects()) {
      if (width === 0) continue
      if (!isScrolled && (left < -slack || right > innerWidth + slack)) note('outside of the window', element, text)
      else if (element.closest('pre') === null && (left < box.left - slack || right > box.right + slack)) note('outside of its box', element, text)
    }
    if (element.closest('.id, code, pre') !== null) continue
    for (const run of text.matchAll(/\S+/g)) {
      const isAddress = /[@/_=]|\w\.\w\w|\d-\d/.test(run[0]) || run[0].length > 24 && !/[^\x00-\x7f]/.test(run[0])
      if (isAddress) continue
      for (const word of run[0].matchAll(/[A-Za-z0-9\u00c0-\u024f]+(?:[.,:'\u2019][A-Za-z0-9]+)*/g)) {
        range.setStart(node, run.index + word.index)
        range.setEnd(node, run.index + word.index + word[0].length)
        const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)))
        if (lines.size > 1) note('broken word', element, word[0])
      }
    }
  }
  for (const element of document.body.querySelectorAll('*')) {
    const { overflowX, overflowY } = getComputedStyle(element)
    const cutsX = /hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + slack
    const cutsY = /hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + slack
    if (!(cutsX || cutsY) || !inView(element) || isClipped(element) || element.clientWidth <= 1) continue
    if (element.textContent.trim() !== '' && element !== document.body) note('cut', element, element.textContent)
  }
  return [...faults]
})()`

/** Returns the texts of the page that are cut, overflow, or are broken inside a word, at the current width. */
export async function textFaults(page: Page): Promise<unknown> {
  return page.evaluate(findFaults)
}

/** Fails with the faults of the page's texts. The layout follows a new width with the next frames, so it waits. */
export async function expectWholeTexts(page: Page, message: string): Promise<void> {
  await expect.poll(() => textFaults(page), { message, timeout: 3_000 }).toEqual([])
}
