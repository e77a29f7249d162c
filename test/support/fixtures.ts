import { test as base } from 'vitest'
import type { Instant } from '../../core/time/time.ts'
import type { RuntimeOptions } from '../../local/runtime.ts'
import { startEngineTables } from './engine-table.ts'
import { newParty } from './party.ts'
import type { ClientName } from './table-clients.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A clock that shows the time that a test sets. */
export interface SetClock {
  /** Epoch milliseconds. */
  time: Instant
  now(): Instant
}

/**
 * Tests with the real engine. Each fixture that a test or a hook names is started, once for its file or for each
 * test, and stopped again. Once for the file:
 *
 * - `engine`: the engine, which creates empty tables
 * - `app`: Tollgate on one machine, for calls by a caller; its clock starts at `clockStart`, and `runtimeOptions`
 *   adds options
 * - `http`: the same, for raw requests
 *
 * For each test:
 *
 * - `table`: an empty table
 * - `clock`: a clock that shows `clockStart`
 * - `party`: one warm instance of each call's handler, on that table and clock
 *
 * A file changes `clockStart` (RFC 3339) and `runtimeOptions` with `test.override`, and so does a suite for `client`,
 * which serves `table`.
 */
export const test = base
  .extend('clockStart', { scope: 'file' }, '2026-02-20T10:00:00Z')
  .extend('runtimeOptions', { scope: 'file' }, (): Partial<RuntimeOptions> => ({}))
  .extend('engineFolder', { scope: 'file' }, () => temporaryFolder())
  .extend('engine', { scope: 'file' }, async ({ engineFolder }, { onCleanup }) => {
    const engine = await startEngineTables(engineFolder)
    onCleanup(() => engine.stop())
    return engine
  })
  .extend('app', { scope: 'file' }, async ({ clockStart, runtimeOptions }, { onCleanup }) => {
    // Most tests need no runtime, so this is loaded only when they do.
    const { startLocalApp } = await import('./local-app.ts')
    const app = await startLocalApp(clockStart, runtimeOptions)
    onCleanup(() => app.stop())
    return app
  })
  .extend('http', { scope: 'file' }, async ({ clockStart, runtimeOptions }, { onCleanup }) => {
    const { startHttpRuntime } = await import('./http-runtime.ts')
    const http = await startHttpRuntime(clockStart, runtimeOptions)
    onCleanup(() => http.stop())
    return http
  })
  .extend('client', (): ClientName => 'sdk')
  .extend('table', ({ engine, client }) => engine.newTable(client))
  .extend('clock', ({ clockStart }): SetClock => {
    const clock = { time: Date.parse(clockStart), now: () => clock.time }
    return clock
  })
  .extend('party', ({ table, clock }) => newParty(table, clock))
