import { defineConfig } from 'vitest/config'

/** The tests that deploy to an AWS emulator: one file after the other, on a machine that has Python. */
export default defineConfig({
  test: {
    include: ['test/deploy/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    // A second, the default, is too short for a busy machine.
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
    fileParallelism: false,
  },
})
