import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // `npm run test:deploy` needs Python and a registry; `npm run test:long` takes longer.
    exclude: ['test/deploy/**', 'test/long/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A second, the default, is too short for a busy machine.
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
    maxWorkers: 2,
  },
})
