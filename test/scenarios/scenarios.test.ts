import { describe } from 'vitest'
import { test } from '../support/fixtures.ts'
import { callInProcess } from './in-process-call.ts'
import { runOverHttp } from './over-http.ts'
import { expectSameRates } from './same-rates.ts'
import { readScenarios, runScenario } from './scenario-runner.ts'

/* `test/long/scenarios` runs all of them over HTTP. */

// Examples without a start set the clock in their first step.
const fallbackStart = '2025-11-15T00:00:00Z'
const overHttp = '10-spend-limit-and-invoices'

describe('in process', () => {
  for (const scenario of readScenarios())
    test(`${scenario.name}: ${scenario.why}`, async ({ table }) => {
      expectSameRates(scenario)
      const call = await callInProcess(table, Date.parse(scenario.clockStart ?? fallbackStart))
      await runScenario(scenario, call)
    })
})

test(`${overHttp} over HTTP`, async () => {
  const [scenario] = readScenarios().filter(({ name }) => name === overHttp)
  if (scenario === undefined) throw new Error(`there is no example ${overHttp}`)
  await runOverHttp(scenario)
})
