import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import catalog from '../../lambdas/store/catalog-data.json' with { type: 'json' }
import { startRuntime } from '../../local/runtime.ts'
import { callOverHttp } from './http-call.ts'
import { readScenarios, runScenario, type Scenario } from './scenario-runner.ts'

for (const scenario of readScenarios()) {
  test(`${scenario.name}: ${scenario.why}`, { timeout: 120_000 }, async () => {
    expectSameRates(scenario)
    const dataDir = await mkdtemp(join(tmpdir(), 'tollgate-scenario-'))
    const runtime = await startRuntime({ dataDir, port: 0, clockStart: scenario.clockStart, sample: false })
    try {
      await runScenario(scenario, callOverHttp(runtime.url))
    } finally {
      await runtime.stop()
      await rm(dataDir, { recursive: true, force: true })
    }
  })
}

/** An example is only as right as the rates that it was worked out with. */
function expectSameRates(scenario: Scenario): void {
  const ours = new Map(catalog.rateCards[0]?.meters.map((row) => [row.meter, row]))
  for (const row of scenario.rateCard?.meters ?? []) expect(ours.get(String(row.meter))).toMatchObject(row)
}
