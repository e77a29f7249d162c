import { expect } from 'vitest'
import catalog from '../../lambdas/store/catalog-data.json' with { type: 'json' }
import type { Scenario } from './scenario-runner.ts'

/** Fails unless the catalog has the rates that an example was worked out with: it is only as right as they are. */
export function expectSameRates(scenario: Scenario): void {
  const ours = new Map(catalog.rateCards[0]?.meters.map((row) => [row.meter, row]))
  for (const row of scenario.rateCard?.meters ?? []) expect(ours.get(String(row.meter))).toMatchObject(row)
}
