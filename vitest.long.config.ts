import { defineConfig } from 'vitest/config'

/** The tests that take longer than a change should wait for: `npm run test:long`. */
export default defineConfig({
  test: {
    include: ['test/long/**/*.test.ts'],
    // Only what hangs takes this long, however busy the machine is.
    testTimeout: 600_000,
    hookTimeout: 900_000,
    // A second, the default, is too short for a busy machine.
    expect: { poll: { timeout: 60_000 } },
    globalSetup: ['test/support/run-folder.ts'],
    pool: 'forks',
    maxWorkers: 2,
  },
})
