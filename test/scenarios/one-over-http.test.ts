import { test } from 'vitest'
import { runOverHttp } from './over-http.ts'
import { readScenarios } from './scenario-runner.ts'

/* The short suite's one worked example over HTTP; `test/long/scenarios` runs all of them. */

const name = '10-spend-limit-and-invoices'

test(`${name} over HTTP`, async () => {
  const [scenario] = readScenarios().filter((example) => example.name === name)
  if (scenario === undefined) throw new Error(`there is no example ${name}`)
  await runOverHttp(scenario)
})
