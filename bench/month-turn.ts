import { sweep, sweepBudgetMs } from '../lambdas/consumers/sweep.ts'
import { depsOn } from '../lambdas/runtime/deps.ts'
import { shardPace } from '../lambdas/runtime/pace.ts'
import { toAccountItem } from '../lambdas/store/account-item.ts'
import { dueShards } from '../lambdas/store/keys.ts'
import type { Table } from '../lambdas/store/table.ts'
import { functions, shardsPerSweep, sweepEveryMinutes } from '../lib/functions.ts'
import { putItems } from '../test/support/put-items.ts'
import { World } from '../test/support/world.ts'
import { counted, type Figure, show } from './figure.ts'
import { perTeam, processorMsOf, type TeamWork, teamsPerSecond } from './lambda-times.ts'
import { type Count, RequestMeter } from './request-meter.ts'

const usedAt = '2026-05-20T10:00:00Z'
const turnAt = Date.parse('2026-06-01T00:00:10Z')
const modelledTeams = 100_000
const minutesMax = 15
/** Requests for the account and the transaction, and a share of the pages and the last empty page of each shard. */
const requestsPerTeamMax = 2.05

/** Sweeps the turn of the month of many teams that are all due at once. */
export async function countMonthTurn(
  newTable: (id: string) => Promise<Table>,
  teams: number,
): Promise<readonly Figure[]> {
  const table = await newTable('month-turn')
  await fill(table, teams)
  const { count, processorMs } = await sweepAll(table, teams)
  const swept = perTeam(count, teams)
  const unitsPerTeam = count.writeUnits / teams
  const minutes = minutesFor(modelledTeams, swept)
  return [
    counted(
      `month turn of ${teams.toLocaleString('en')} teams at once, requests per team`,
      swept.requests,
      requestsPerTeamMax,
    ),
    { what: '… write units per team', value: show(unitsPerTeam) },
    { what: '… ms of processor per team on this machine', value: show(processorMs) },
    { what: '… modelled write units a second', value: show(rateOf(swept) * unitsPerTeam) },
    counted(`… modelled minutes for ${modelledTeams.toLocaleString('en')} teams`, minutes, minutesMax),
  ]
}

function rateOf(work: TeamWork): number {
  const { memoryMegabytes } = functions.sweep
  const parts = dueShards / shardsPerSweep
  return teamsPerSecond(work, {
    functions: parts,
    memoryMegabytes,
    teamsAtOnce: shardPace.teamsAtOnce * shardsPerSweep,
    paceMax: shardPace.teamsPerSecond * dueShards,
  })
}

/** From the turn of the month on: the first run begins within one interval, and the next ones go on. */
function minutesFor(teams: number, work: TeamWork): number {
  const rate = rateOf(work)
  const teamsPerRun = (rate * sweepBudgetMs) / 1_000
  const wholeRuns = Math.ceil(teams / teamsPerRun) - 1
  return sweepEveryMinutes * (1 + wholeRuns) + (teams - wholeRuns * teamsPerRun) / rate / 60
}

async function sweepAll(table: Table, teams: number) {
  const meter = new RequestMeter(table)
  const env = { tableName: table.tableName, payments: 'sandbox', stage: 'bench' } as const
  const deps = depsOn({ table: meter.table, env, clock: { now: () => turnAt } })
  await deps.catalog.read()
  let count: Count | undefined
  const processorMs = await processorMsOf(teams, async () => {
    count = await meter.during(async () => {
      // A busy machine may take longer than the time of one run.
      for (let swept = 0, isDone = false; !isDone; ) {
        const run = await sweep(deps)
        swept += run.teams
        isDone = run.isDone
        if (isDone && swept !== teams) throw new Error(`a month's turn of ${teams} teams has swept ${swept}`)
      }
    })
  })
  if (count === undefined) throw new Error('nothing was counted')
  return { count, processorMs }
}

/** Teams with a bill to come: pay-as-you-go, and use in May. */
async function fill(table: Table, teams: number): Promise<void> {
  const items = function* () {
    for (let index = 0; index < teams; index++) {
      const world = new World(usedAt, undefined, `team-${index}`)
      world.plan({ plan: 'paid', payAsYouGo: true })
      world.use('automation-autocad', 1_500)
      yield { ...toAccountItem(world.account) }
    }
  }
  await putItems(table, items())
}
