import { describe } from 'vitest'
import { test } from '../support/fixtures.ts'
import { callInProcess } from './in-process-call.ts'
import { expectSameRates } from './same-rates.ts'
import { readScenarios, runScenario } from './scenario-runner.ts'

/* `test/long/scenarios` runs all of them over HTTP, and `one-over-http.test.ts` one. */

// Examples without a start set the clock in their first step.
const fallbackStart = '2025-11-15T00:00:00Z'

describe('in process', () => {
  for (const scenario of readScenarios())
    test(`${scenario.name}: ${scenario.why}`, async ({ table }) => {
      expectSameRates(scenario)
      const call = await callInProcess(table, Date.parse(scenario.clockStart ?? fallbackStart))
      await runScenario(scenario, call)
    })
})
