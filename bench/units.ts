import { openTable } from '../lambdas/store/sdk-table.ts'
import { UsageView } from '../lambdas/store/usage-view.ts'
import type { BenchClock } from './clock.ts'
import { counted, type Figure, show } from './figure.ts'
import { withPatience } from './patience.ts'
import { type Count, RequestMeter } from './request-meter.ts'
import { Service } from './service.ts'
import { countSettlements } from './settlement-units.ts'
import { appOf, makeTeam, makeUsualTeam, workOf } from './teams.ts'

const pairs = 200
const pairUnitsMax = 10
const eventsPerRequest = 990

/** Counts requests and capacity units of the most frequent operations. */
export async function countUnits(tableName: string, clock: BenchClock): Promise<readonly Figure[]> {
  const meter = new RequestMeter(withPatience(openTable(tableName)))
  const service = new Service(meter.table, clock)
  await makeUsualTeam(service, 'counted')
  return [
    ...(await countPairs(service, meter)),
    ...(await countMovedDue(service, meter)),
    ...(await countRequests(service, meter)),
    ...(await countSettlements(service, meter)),
    ...(await countEvents(service, meter)),
    ...(await countRefusal(service, meter)),
  ]
}

async function pair(service: Service, teamId: string, index: number): Promise<void> {
  const { meter, quantity } = workOf(index)
  const authorizationId = `${teamId}-${index}`
  await service.authorize({ authorizationId, appId: appOf(teamId), meter, quantity })
  await service.capture(authorizationId, quantity)
}

async function countPairs(service: Service, meter: RequestMeter): Promise<readonly Figure[]> {
  await service.deps.catalog.read()
  const counts: Count[] = []
  for (let index = 0; index < pairs; index++)
    counts.push(await meter.during(() => pair(service, 'counted', index)))
  const most = Math.max(...counts.map(({ writeUnits }) => writeUnits))
  const readUnits = mean(counts.map((count) => count.readUnits))
  const inIndexes = mean(counts.map((count) => sum([...count.indexWriteUnits.values()])))
  const viewed = await meter.during(() => view(service, 'counted'))
  return [
    counted('write units, authorization + final capture, the most of any pair', most, pairUnitsMax),
    { what: '… on average', value: show(mean(counts.map(({ writeUnits }) => writeUnits))) },
    { what: '… of these in indexes', value: show(inIndexes) },
    { what: '… read units of these', value: show(readUnits) },
    {
      what: '… write units of the usage view, when it catches up with many',
      value: show(viewed.writeUnits / pairs),
    },
  ]
}

async function view({ deps }: Service, teamId: string): Promise<void> {
  const account = await deps.operations.load(teamId)
  if (account === undefined) throw new Error(`no team ${teamId}`)
  await new UsageView(deps.table, deps.journal).catchUp(teamId, account.version)
}

/** The pair that empties the first lot. Afterwards the next lot's expiry is due first. */
async function countMovedDue(service: Service, meter: RequestMeter): Promise<readonly Figure[]> {
  await makeTeam(service, 'moving', [100, 500, 500])
  await pair(service, 'moving', 0)
  const work = { meter: 'automation-autocad', quantity: 100 * 720 }
  const count = await meter.during(async () => {
    await service.authorize({ authorizationId: 'moving-due', appId: appOf('moving'), ...work })
    await service.capture('moving-due', work.quantity)
  })
  const moved = count.indexWriteUnits.get('due') ?? 0
  if (moved === 0) throw new Error('the due index did not move')
  return [{ what: 'write units of a pair that also moves the due index', value: show(count.writeUnits) }]
}

async function countRequests(service: Service, meter: RequestMeter): Promise<readonly Figure[]> {
  const ask = { appId: appOf('counted'), ...workOf(0) }
  const authorize = (authorizationId: string) => service.authorize({ authorizationId, ...ask })
  await authorize('warm-up')
  const warm = await meter.during(() => authorize('warm'))
  const capture = await meter.during(() => service.capture('warm', ask.quantity))
  service.clock.set(new Date(service.clock.now() + 2_000).toISOString())
  const later = await meter.during(() => authorize('later'))
  return [
    counted('requests to the table, warm authorization', warm.requests, 1),
    { what: '… more than a second after the catalog was read', value: show(later.requests) },
    { what: 'requests to the table, warm final capture', value: show(capture.requests) },
  ]
}

async function countEvents(service: Service, meter: RequestMeter): Promise<readonly Figure[]> {
  await makeUsualTeam(service, 'batches')
  const time = new Date(service.clock.now() - 60_000).toISOString()
  const events = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => {
      const { meter, quantity } = workOf(index)
      const head = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:aps:bench:us-east-1' }
      return {
        ...head,
        id: `event-${from + index}`,
        subject: appOf('batches'),
        time,
        data: { meter, quantity },
      }
    })
  const send = (from: number, count: number) =>
    meter.during(() => service.call('recordUsage', {}, events(from, count)))
  const many = await send(0, eventsPerRequest)
  const single = await send(eventsPerRequest, 1)
  return [
    {
      what: `write units per usage event, ${eventsPerRequest} in a request`,
      value: show(many.writeUnits / eventsPerRequest),
    },
    { what: 'write units of a usage event alone', value: show(single.writeUnits) },
  ]
}

/** A team without tokens: a refusal must not write. */
async function countRefusal(service: Service, meter: RequestMeter): Promise<readonly Figure[]> {
  await makeTeam(service, 'exhausted', [100])
  const appId = appOf('exhausted')
  const work = { meter: 'automation-autocad', quantity: 100 * 720 }
  await service.authorize({ authorizationId: 'exhausted-all', appId, ...work })
  await service.capture('exhausted-all', work.quantity)
  let decision = ''
  const ask = { authorizationId: 'exhausted-1', appId, meter: work.meter, quantity: 1 }
  const count = await meter.during(async () => {
    decision = (await service.ask(ask)).decision
  })
  if (decision !== 'deny') throw new Error(`an exhausted team was answered ${decision}`)
  return [
    counted('write units of a refused authorization', count.writeUnits, 0),
    { what: '… read units', value: show(count.readUnits) },
    { what: '… requests to the table', value: show(count.requests) },
  ]
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const mean = (values: readonly number[]): number => sum(values) / values.length
