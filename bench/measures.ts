import { measureAccounts } from './account-size.ts'
import { measureBundles } from './bundles.ts'
import { countCampaign } from './campaign-cost.ts'
import { timeWarmAllow } from './client/warm-allow.ts'
import { timeClients } from './clients.ts'
import { BenchClock } from './clock.ts'
import { countConsumers } from './consumers.ts'
import { defaultFleet } from './cost/fleet.ts'
import { billFigure, readKeptBill } from './cost/kept-bill.ts'
import { countOperations } from './cost/operation-counts.ts'
import { pageFigures } from './cost/pages.ts'
import { costOf } from './cost/report.ts'
import { countDirectory } from './directory-cost.ts'
import type { BenchEngine } from './engine.ts'
import type { Figure } from './figure.ts'
import { countFilters } from './filter-cost.ts'
import { countHealth } from './health-cost.ts'
import { timePairs } from './latency.ts'
import { countLimits } from './limit-cost.ts'
import { modelFigures } from './model/figures.ts'
import { leaseFigures } from './model/lease-figures.ts'
import { countMonthTurn } from './month-turn.ts'
import { countSweeps } from './sweep-cost.ts'
import { startsAt } from './teams.ts'
import { countUnits } from './units.ts'
import { countUsageBatch } from './usage-batch.ts'
import { countUsage } from './usage-cost.ts'

/** Teams whose month turns at the same time. */
const turning = 10_000

/** A part of the bench: a few figures that are measured together. */
export interface Measure {
  /** Describes the running step on the terminal. */
  readonly doing: string
  run(): Promise<readonly Figure[]>
}

/** All measures of the bench: counts first, then timings. */
export function measures(
  { tableName, newTable }: BenchEngine,
  pairs: number,
  accounts: number,
  apps: number,
): readonly Measure[] {
  const clock = new BenchClock(startsAt)
  return [
    { doing: 'Counting requests and capacity units', run: () => countUnits(tableName, clock) },
    {
      doing: `Filling and sweeping a table of ${accounts} accounts`,
      run: () => countSweeps(newTable, accounts),
    },
    { doing: `Turning the month of ${turning} teams at once`, run: () => countMonthTurn(newTable, turning) },
    { doing: `Listing ${accounts} teams`, run: () => countDirectory(newTable, accounts) },
    { doing: `Examining the readers of ${accounts} teams`, run: () => countHealth(newTable, accounts) },
    { doing: 'Following the changes of many teams', run: () => countConsumers(newTable) },
    { doing: 'Recording the usage of a thousand teams', run: () => countUsageBatch(newTable) },
    { doing: `Reading the use of ${apps} apps on 400 days`, run: () => countUsage(newTable, apps) },
    { doing: 'Telling the teams that a deadline stops', run: () => countCampaign(newTable, accounts) },
    {
      doing: 'Counting what the monthly bill is made of',
      run: () => billOfFleet(tableName),
    },
    {
      doing: 'Modelling many Lambda environments, a minute of virtual time each',
      run: () => modelFigures({ newTable, seconds: 60, seed: 1 }, () => {}),
    },
    {
      doing: 'Modelling processes with the client library',
      run: () => leaseFigures({ newTable, seed: 1 }, () => {}),
    },
    { doing: 'Limiting an app of a team with 20,000 entries', run: () => countLimits(newTable) },
    { doing: 'Filtering a statement of 20,000 entries', run: () => countFilters(newTable) },
    { doing: 'Measuring the accounts', run: () => measureAccounts(tableName, clock) },
    { doing: `Timing ${pairs} pairs, each in three ways`, run: () => timePairs(tableName, clock, pairs) },
    { doing: 'Timing a warm decision of the client library', run: () => timeWarmAllow(tableName) },
    { doing: 'Timing the two clients of the table, in turns', run: () => timeClients(tableName) },
    {
      doing: 'Bundling, and importing the bundles in fresh processes',
      run: () => measureBundles(tableName),
    },
  ]
}

/** It needs a separate clock, because it continues into the next month. */
async function billOfFleet(tableName: string): Promise<readonly Figure[]> {
  const counts = await countOperations(tableName, new BenchClock(startsAt), defaultFleet)
  return [billFigure(costOf(defaultFleet, counts).usd.likely, readKeptBill()), ...pageFigures(counts)]
}
