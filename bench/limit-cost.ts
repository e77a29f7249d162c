import { limitApp } from '../lambdas/api/limit-app.ts'
import { teamDepsOn } from '../lambdas/runtime/team-deps.ts'
import type { Table } from '../lambdas/store/table.ts'
import { UsageView } from '../lambdas/store/usage-view.ts'
import { event } from '../test/support/ask.ts'
import { counted, type Figure, show } from './figure.ts'
import { longWorld, storeLong } from './long-journal.ts'
import { RequestMeter } from './request-meter.ts'

const entries = 20_000
const unitsMax = 100
const unitsWithOpenMax = 150

/** Counts what it costs to limit an app of a team with 20,000 entries in the month. */
export async function countLimits(
  newTable: (id: string) => Promise<Table>,
  longest = entries,
): Promise<readonly Figure[]> {
  const free = await countLimit(await newTable('limit-free'), longest)
  const open = await countLimit(await newTable('limit-open'), longest, 0.94)
  return [
    counted(`read units of an app limit, ${longest} entries, nothing open`, free.readUnits, unitsMax),
    { what: '… requests', value: show(free.requests) },
    counted('… with an authorization that is open since long', open.readUnits, unitsWithOpenMax),
    { what: '… requests', value: show(open.requests) },
  ]
}

async function countLimit(table: Table, longest: number, openAt?: number) {
  const world = longWorld(longest, openAt)
  await storeLong(table, world)
  const env = { tableName: table.tableName, payments: 'sandbox', stage: 'bench' } as const
  const meter = new RequestMeter(table)
  const deps = teamDepsOn(meter.table, env, { now: () => world.now })
  await new UsageView(deps.table, deps.journal).catchUp('acme', world.account.version)
  await deps.catalog.read()
  const body = { meter: 'automation-autocad', perPeriod: 1_000_000 }
  return meter.during(async () => {
    const { statusCode, body: answer } = await limitApp(deps)(
      event('limitApp', { params: { appId: 'app' }, body }),
    )
    if (statusCode !== 200) throw new Error(`the limit was not set: ${answer}`)
  })
}
