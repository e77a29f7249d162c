import { measureAccounts } from './account-size.ts'
import { measureBundles } from './bundles.ts'
import { countCampaign } from './campaign-cost.ts'
import { BenchClock } from './clock.ts'
import { defaultFleet } from './cost/fleet.ts'
import { billFigure, readKeptBill } from './cost/kept-bill.ts'
import { countOperations } from './cost/operation-counts.ts'
import { costOf } from './cost/report.ts'
import type { BenchEngine } from './engine.ts'
import type { Figure } from './figure.ts'
import { timePairs } from './latency.ts'
import { countSweeps } from './sweep-cost.ts'
import { startsAt } from './teams.ts'
import { countUnits } from './units.ts'

/** Everything that the bench measures: counts first, then what takes time. Tells `say` what it is about to do. */
export async function measure(
  { tableName, newTable }: BenchEngine,
  pairs: number,
  accounts: number,
  say: (text: string) => void,
): Promise<readonly Figure[]> {
  const clock = new BenchClock(startsAt)
  say('Counting requests and capacity units')
  const units = await countUnits(tableName, clock)
  say(`Filling and sweeping a table of ${accounts} accounts`)
  const sweeps = await countSweeps(newTable, accounts)
  say('Telling the teams that a deadline stops')
  const told = await countCampaign(newTable, accounts)
  say('Counting what the monthly bill is made of')
  const bill = await billOfFleet(tableName)
  const sizes = await measureAccounts(tableName, clock)
  say(`Timing ${pairs} pairs, each in three ways`)
  const times = await timePairs(tableName, clock, pairs)
  say('Bundling, and importing the bundles in fresh processes')
  return [...units, ...sweeps, ...told, bill, ...sizes, ...times, ...(await measureBundles())]
}

/** On a clock of its own: it goes on to the next month. */
async function billOfFleet(tableName: string): Promise<Figure> {
  const counts = await countOperations(tableName, new BenchClock(startsAt), defaultFleet)
  return billFigure(costOf(defaultFleet, counts).usd.likely, readKeptBill())
}
