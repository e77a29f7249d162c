import { test as base } from 'vitest'
import type { Instant } from '../../core/time/time.ts'
import type { RuntimeOptions } from '../../local/runtime.ts'
import { startEngineTables } from './engine-table.ts'
import { startLocalApp } from './local-app.ts'
import { newParty } from './party.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A clock that shows what a test sets. */
export interface SetClock {
  /** Epoch milliseconds. */
  time: Instant
  now(): Instant
}

/**
 * Tests with the real engine. What a test asks for is started, once for its file or for each test, and stopped again:
 *
 * - `engine`: the engine of the file, which makes fresh tables
 * - `table`: a fresh table of the test
 * - `clock`: a clock of the test, which shows `clockStart` (RFC 3339; a file changes it with `test.override`)
 * - `party`: one warm instance of each call's handler, on that table and clock
 * - `runtime`: Tollgate on one machine, of the file, whose clock starts at `clockStart`; `runtimeOptions` adds options to it
 */
export const test = base
  .extend('clockStart', { scope: 'file' }, '2026-02-20T10:00:00Z')
  .extend('engineFolder', { scope: 'file' }, () => temporaryFolder())
  .extend('engine', { scope: 'file' }, async ({ engineFolder }, { onCleanup }) => {
    const engine = await startEngineTables(engineFolder)
    onCleanup(() => engine.stop())
    return engine
  })
  .extend('runtimeOptions', { scope: 'file' }, (): Partial<RuntimeOptions> => ({}))
  .extend('runtime', { scope: 'file' }, async ({ clockStart, runtimeOptions }, { onCleanup }) => {
    const app = await startLocalApp(clockStart, runtimeOptions)
    onCleanup(() => app.stop())
    return app
  })
  .extend('table', ({ engine }) => engine.newTable())
  .extend('clock', ({ clockStart }): SetClock => {
    const clock = { time: Date.parse(clockStart), now: () => clock.time }
    return clock
  })
  .extend('party', ({ table, clock }) => newParty(table, clock))
