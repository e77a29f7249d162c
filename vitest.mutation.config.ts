import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files in the order of their cost: most mutants are killed before a costly test runs. */
const costly: readonly RegExp[] = [/money|free-limit-stops/, /properties/, /scenarios\.test/]
const costOf = ({ moduleId }: TestSpecification) => costly.findIndex((pattern) => pattern.test(moduleId))

class CheapestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => costOf(a) - costOf(b) || (a.moduleId < b.moduleId ? -1 : 1))
  }
}

/** The tests that judge mutants of `core`: `npm run mutate`. */
export default defineConfig({
  test: {
    include: ['test/core/**/*.test.ts', 'test/scenarios/{basic-interactions,scenarios}.test.ts'],
    globalSetup: ['test/support/run-folder.ts'],
    setupFiles: ['test/mutation/same-seed.ts'],
    env: { PROPERTY_RUNS: '40' },
    // Stryker ends what hangs much earlier; the first run without a mutant must also pass on a busy machine.
    testTimeout: 60_000,
    isolate: false,
    sequence: { sequencer: CheapestFirst },
  },
})
