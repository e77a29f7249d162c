import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Needs Python and a registry: `npm run test:deploy`.
    exclude: ['test/deploy/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A second, the default, is too short for a busy machine.
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
    maxWorkers: 2,
  },
})
