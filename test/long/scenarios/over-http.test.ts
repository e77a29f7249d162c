import { test } from 'vitest'
import { runOverHttp } from '../../scenarios/over-http.ts'
import { expectSameRates } from '../../scenarios/same-rates.ts'
import { readScenarios } from '../../scenarios/scenario-runner.ts'

for (const scenario of readScenarios())
  test(`${scenario.name}: ${scenario.why}`, async () => {
    expectSameRates(scenario)
    await runOverHttp(scenario)
  })
