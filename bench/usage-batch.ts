import type { UsageEvent } from '../core/commands/record-usage.ts'
import { depsOn } from '../lambdas/runtime/deps.ts'
import { toAccountItem } from '../lambdas/store/account-item.ts'
import { AppStore } from '../lambdas/store/apps.ts'
import type { Table } from '../lambdas/store/table.ts'
import { recordEvents } from '../lambdas/usage/record-events.ts'
import { teamsAtOnce } from '../lambdas/usage/record-teams.ts'
import { functions } from '../lib/functions.ts'
import { putItems } from '../test/support/put-items.ts'
import { World } from '../test/support/world.ts'
import { counted, type Figure, show } from './figure.ts'
import { perTeam, processorMsOf, teamsPerSecond } from './lambda-times.ts'
import { RequestMeter } from './request-meter.ts'

const teams = 1_000
const at = '2026-06-15T10:00:00Z'
/** Far within the 10 seconds in which a request begins new work, the function's 29 seconds and the gateway's 30. */
const secondsMax = 10
/** The account and the transaction of each team, and a share of the reads of apps; the catalog is read each second. */
const requestsPerTeamMax = 2.5

/** Sends one request with 1,000 events of 1,000 different teams. */
export async function countUsageBatch(newTable: (id: string) => Promise<Table>): Promise<readonly Figure[]> {
  const table = await newTable('usage-batch')
  await fill(table)
  const meter = new RequestMeter(table)
  const env = { tableName: table.tableName, payments: 'sandbox', stage: 'bench' } as const
  const deps = depsOn({ table: meter.table, env, clock: { now: () => Date.parse(at) } })
  await deps.catalog.read()
  const events = Array.from({ length: teams }, (_, index) => eventOf(`team-${index}`))
  let requests = { requests: 0, transactions: 0 }
  const processorMs = await processorMsOf(teams, async () => {
    const count = await meter.during(async () => {
      // Without the bound on time, because a busy machine may need longer.
      const results = await recordEvents(deps, events, () => false)
      const recorded = results.filter(({ status }) => status === 'recorded').length
      if (recorded !== teams) throw new Error(`of ${teams} events, ${recorded} were recorded`)
    })
    requests = perTeam(count, teams)
  })
  const { memoryMegabytes } = functions['record-usage']
  const seconds = teams / teamsPerSecond(requests, { functions: 1, memoryMegabytes, teamsAtOnce })
  return [
    counted(`usage batch of ${teams} teams, requests per team`, requests.requests, requestsPerTeamMax),
    { what: '… ms of processor per team on this machine', value: show(processorMs) },
    counted('… modelled seconds', seconds, secondsMax),
  ]
}

function eventOf(teamId: string): UsageEvent {
  const work = { meter: 'automation-autocad', quantity: 720, time: Date.parse(at) }
  return { source: 'urn:aps:bench', id: teamId, appId: `${teamId}-app`, ...work }
}

async function fill(table: Table): Promise<void> {
  const apps = new AppStore(table)
  const items = Array.from({ length: teams }, (_, index) => {
    const teamId = `team-${index}`
    const world = new World('2026-06-01T10:00:00Z', undefined, teamId)
    world.plan({ plan: 'paid', payAsYouGo: true })
    const app = { appId: `${teamId}-app`, teamId, name: 'app', isInHub: false }
    return [
      { ...toAccountItem(world.account) },
      ...apps.registering(app).flatMap(({ Put }) => Put?.Item ?? []),
    ]
  })
  await putItems(table, items.flat())
}
