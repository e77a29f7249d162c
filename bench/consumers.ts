import type { DynamoDBStreamEvent } from 'aws-lambda'
import type { EventBus } from '../lambdas/bus/event-bus.ts'
import { Publisher } from '../lambdas/bus/publisher.ts'
import { accountConsumer, teamsAtOnce } from '../lambdas/runtime/account-consumer.ts'
import { atOnce } from '../lambdas/runtime/at-once.ts'
import { sendMetricsTo } from '../lambdas/runtime/metrics.ts'
import { CatalogStore } from '../lambdas/store/catalog.ts'
import { EventCursor } from '../lambdas/store/event-cursor.ts'
import { JournalStore } from '../lambdas/store/journal.ts'
import type { Table } from '../lambdas/store/table.ts'
import { UsageView } from '../lambdas/store/usage-view.ts'
import { functions, streamBatchesAtOnce } from '../lib/functions.ts'
import { storeWorld } from '../test/support/stored-world.ts'
import { World } from '../test/support/world.ts'
import { counted, type Figure, show } from './figure.ts'
import { perTeam, processorMsOf, type TeamWork, teamsPerSecond } from './lambda-times.ts'
import { RequestMeter } from './request-meter.ts'

const teams = 200
const recordsPerBatch = 100
const startsAt = '2026-06-15T10:00:00Z'
/** A fresh table has four partitions, and so its stream has four shards. */
const streamShards = 4
/** Changed teams a second that both consumers must follow. */
const goal = 1_000

/** Cursor, journal and write, for events also the bus, and a share of the reads of the catalog. */
const requestsMax = 4.5

type CatchUp = (teamId: string, version: number) => Promise<boolean>

/** Lets the consumers of the stream follow one change of each of many teams, and computes how many they follow in a second. */
export async function countConsumers(newTable: (id: string) => Promise<Table>): Promise<readonly Figure[]> {
  const table = await newTable('consumers')
  const worlds = Array.from({ length: teams }, (_, index) => new World(startsAt, undefined, `team-${index}`))
  for (const world of worlds) world.plan({ plan: 'paid', payAsYouGo: true })
  const meter = new RequestMeter(table)
  const consumers = makeConsumers(meter.table)
  sendMetricsTo(() => {})
  await store(table, worlds, 0)
  for (const { handler } of consumers) await consumeAll(handler, worlds)
  const versions = worlds.map(({ entries }) => entries.length)
  for (const world of worlds) world.use('automation-autocad', 1_500)
  await store(table, worlds, versions[0] ?? 0)
  const figures: Figure[] = []
  for (const { name, handler, busCalls, memoryMegabytes } of consumers) {
    busCalls.reset()
    let work: TeamWork = { requests: 0, transactions: 0 }
    let units = 0
    const processorMs = await processorMsOf(teams, async () => {
      const count = await meter.during(() => consumeAll(handler, worlds))
      work = perTeam({ ...count, requests: count.requests + busCalls.number }, teams)
      units = count.writeUnits / teams
    })
    const rate = streamShards * streamBatchesAtOnce
    const perSecond = teamsPerSecond(work, { functions: rate, memoryMegabytes, teamsAtOnce })
    figures.push(
      counted(`${name}, requests per changed team`, work.requests, requestsMax),
      { what: '… write units', value: show(units) },
      { what: '… ms of processor on this machine', value: show(processorMs) },
      {
        what: `… modelled changed teams/s, ${streamShards} shards`,
        value: show(Math.floor(perSecond)),
        target: `≥ ${goal.toLocaleString('en')}`,
        isMet: perSecond >= goal,
      },
    )
  }
  return figures
}

function makeConsumers(table: Table) {
  const journal = new JournalStore(table)
  const view = new UsageView(table, journal)
  const bus = countingBus()
  const clock = { now: () => Date.parse(startsAt) }
  const catalog = new CatalogStore(table, clock)
  const publisher = new Publisher({ cursor: new EventCursor(table), journal, catalog, bus: bus.bus })
  const follow = (name: string, catchUp: CatchUp, entry: 'on-account-changed' | 'publish-events') => {
    const { memoryMegabytes } = functions[entry]
    return { name, handler: accountConsumer(name, catchUp), busCalls: bus, memoryMegabytes }
  }
  return [
    follow('usage view', (teamId, version) => view.catchUp(teamId, version), 'on-account-changed'),
    follow('events', (teamId, version) => publisher.catchUp(teamId, version), 'publish-events'),
  ]
}

/** A bus that counts its calls: one for each team, even where a team has no event. */
function countingBus() {
  let number = 0
  const bus: EventBus = {
    put: async () => {
      number += 1
    },
  }
  return {
    bus,
    reset: () => {
      number = 0
    },
    get number() {
      return number
    },
  }
}

async function store(table: Table, worlds: readonly World[], from: number): Promise<void> {
  await atOnce(worlds, 16, (world) => storeWorld(table, world, { from }))
}

async function consumeAll(
  handler: ReturnType<typeof accountConsumer>,
  worlds: readonly World[],
): Promise<void> {
  const records = worlds.map(({ account }) => ({
    dynamodb: {
      SequenceNumber: account.teamId,
      NewImage: { teamId: { S: account.teamId }, version: { N: String(account.version) } },
    },
  }))
  for (let start = 0; start < records.length; start += recordsPerBatch) {
    const Records = records.slice(start, start + recordsPerBatch)
    const { batchItemFailures } = await handler({ Records } satisfies DynamoDBStreamEvent)
    if (batchItemFailures.length > 0) throw new Error('a consumer did not follow every team')
  }
}
