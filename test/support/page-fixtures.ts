import { test as base } from 'vitest'
import { openHub } from './browser.ts'

/**
 * Tests of the developer hub page in a real browser, on a runtime of the file's own without sample data. A file moves the
 * start of the runtime's clock with `test.override('clockStart', …)`, and fills the runtime in `test.beforeAll`.
 */
export const test = base
  .extend('clockStart', { scope: 'file' }, '2026-10-20T09:00:00Z')
  .extend('hub', { scope: 'file' }, async ({ clockStart }, { onCleanup }) => {
    const hub = await openHub({ clockStart, sample: false })
    onCleanup(() => hub.stop())
    return hub
  })
  // Pages that stay open go on asking, so the visitors of a test leave with it.
  .extend('leaving', { auto: true }, async ({ hub }, { onCleanup }) => {
    onCleanup(() => hub.leave())
  })
