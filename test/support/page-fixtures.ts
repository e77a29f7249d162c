import { test as base } from 'vitest'
import { openHub } from './browser.ts'

/**
 * Tests of the developer hub page in a real browser, on a separate runtime for each file, without sample
 * data. A file changes the start of the runtime's clock with `test.override('clockStart', …)`, and fills the
 * runtime in `test.beforeAll`.
 */
export const test = base
  .extend('clockStart', { scope: 'file' }, '2026-10-20T09:00:00Z')
  .extend('hub', { scope: 'file' }, async ({ clockStart }, { onCleanup }) => {
    const hub = await openHub({ clockStart, sample: false })
    onCleanup(() => hub.stop())
    return hub
  })
  // Open pages continue to send requests, so the visitors of a test leave with it.
  .extend('leaving', { auto: true }, async ({ hub }, { onCleanup }) => {
    onCleanup(() => hub.leave())
  })
