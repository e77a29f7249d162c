import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // `npm run test:deploy` needs Python and a registry; `npm run test:long` takes longer.
    exclude: ['test/deploy/**', 'test/long/**'],
    // Only what hangs takes this long, however busy the machine is.
    testTimeout: 300_000,
    hookTimeout: 600_000,
    // A second, the default, is too short for a busy machine.
    expect: { poll: { timeout: 60_000 } },
    globalSetup: ['test/support/run-folder.ts'],
    pool: 'forks',
    maxWorkers: 2,
  },
})
