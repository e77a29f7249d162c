import { defineConfig } from 'vitest/config'

/** The tests that deploy to an AWS emulator: one file after the other, on a machine that has Python. */
export default defineConfig({
  test: {
    include: ['test/deploy/**/*.test.ts'],
    // Waits look again and again; these limits only end a wait that has no end, on a machine with no core to spare.
    testTimeout: 300_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 120_000 } },
    globalSetup: ['test/support/run-folder.ts'],
    pool: 'forks',
    fileParallelism: false,
  },
})
