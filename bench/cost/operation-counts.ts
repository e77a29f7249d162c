import { gzipSync } from 'node:zlib'
import { Archiver } from '../../lambdas/archive/archiver.ts'
import { Publisher } from '../../lambdas/bus/publisher.ts'
import { Deliverer } from '../../lambdas/delivery/deliverer.ts'
import { WebhookSecrets } from '../../lambdas/delivery/webhook-secrets.ts'
import { logger } from '../../lambdas/runtime/log.ts'
import { metrics, sendMetricsTo } from '../../lambdas/runtime/metrics.ts'
import { ArchiveCursors } from '../../lambdas/store/archive-cursors.ts'
import { DeliveryStore } from '../../lambdas/store/deliveries.ts'
import { toEntryItem } from '../../lambdas/store/entry-item.ts'
import { toLine } from '../../lambdas/store/entry-line.ts'
import { EventCursor } from '../../lambdas/store/event-cursor.ts'
import { InvitationMails } from '../../lambdas/store/invitation-mails.ts'
import { NotificationStore } from '../../lambdas/store/notifications.ts'
import { OpenWorkStore } from '../../lambdas/store/open-work.ts'
import { openTable } from '../../lambdas/store/sdk-table.ts'
import { UsageView } from '../../lambdas/store/usage-view.ts'
import type { BenchClock } from '../clock.ts'
import { itemBytes } from '../item-bytes.ts'
import { withPatience } from '../patience.ts'
import { type Count as Counted, RequestMeter } from '../request-meter.ts'
import { Service } from '../service.ts'
import { appOf, makeTeam, makeUsualTeam, workOf } from '../teams.ts'
import type { Fleet } from './fleet.ts'
import { usualCall, usualStoredBytes } from './usual-design.ts'

/**
 * The average cost of one operation. Log bytes are those of a line of metrics that the operation does not
 * share with another call.
 */
export interface Count {
  readonly requests: number
  readonly writeUnits: number
  readonly readUnits: number
  readonly logBytes: number
}

export interface Counts {
  readonly authorization: Count
  readonly capture: Count
  readonly refusal: Count
  /** A request with as many usage events as the fleet sends at once. */
  readonly usageRequest: Count
  /** A page's poll of a balance that has not changed. It comes alone, so it also reads the catalog. */
  readonly poll: Count & { readonly ownReadUnits: number }
  /** The usage of a month by meter. */
  readonly usage: Count
  readonly sweptTeam: Count
  /** Consumers of the stream, for as many entries as they find at once in the fleet. */
  readonly usageView: Count
  readonly publisher: Count
  /** The same consumers, for the entries of one request of usage events. */
  readonly largeUsageView: Count
  readonly largePublisher: Count
  /** One team's entries written to the archive, and the mark of the team. */
  readonly archiving: Count
  readonly delivery: Count
  readonly storedEntryBytes: number
  /** Size of an entry in the archive's record, and in a compressed object. */
  readonly archivedEntryBytes: number
  readonly objectEntryBytes: number
  readonly usual: { readonly writeUnits: number; readonly readUnits: number; readonly storedBytes: number }
}

const times = 40
/** After this time a function reads the catalog again. */
const aloneMilliseconds = 1_500
const month = { from: '2026-06-01', to: '2026-06-30', groupBy: 'meter' }

/** Runs each operation on the engine and counts its requests to the table and its log bytes. */
export async function countOperations(tableName: string, clock: BenchClock, fleet: Fleet): Promise<Counts> {
  logger.setLogLevel('SILENT')
  const meter = new RequestMeter(withPatience(openTable(tableName)))
  const service = new Service(meter.table, clock)
  const bench = new Counting(meter)
  await makeUsualTeam(service, 'priced')
  await makeTeam(service, 'spent', [100])
  const spent = { appId: appOf('spent'), meter: 'automation-autocad' }
  await service.authorize({ authorizationId: 'spent-all', ...spent, quantity: 100 * 720 })
  await service.capture('spent-all', 100 * 720)
  const ask = (index: number) => ({
    authorizationId: `priced-${index}`,
    appId: appOf('priced'),
    ...workOf(index),
  })
  const authorization = await bench.each((index) => service.authorize(ask(index)))
  const capture = await bench.each((index) => service.capture(`priced-${index}`, workOf(index).quantity))
  const refusal = await bench.each((index) =>
    service.ask({ authorizationId: `spent-${index}`, ...spent, quantity: 1 }),
  )
  const poll = await countPolls(service, bench)
  const usageRequest = await bench.each((index) =>
    service.call('recordUsage', {}, eventsOf(index, fleet.eventsPerRequest, clock.now())),
  )
  const entries = await service.deps.journal.since('priced', 0, 1_000)
  const mean = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + size, 0) / sizes.length
  const lines = entries.map((entry) => `${toLine(entry)}\n`)
  return {
    authorization,
    capture,
    refusal,
    usageRequest,
    poll,
    ...(await countStream(service, bench, fleet)),
    usage: await bench.each(() => service.read('getUsage', { teamId: 'priced' }, month)),
    delivery: await countDeliveries(service, bench),
    usual: await countUsual(service, bench),
    // This operation is last, because it moves the clock into the next month.
    ...(await countTeams(service, bench)),
    storedEntryBytes: mean(entries.map((entry) => itemBytes(toEntryItem(entry)))),
    archivedEntryBytes: mean(lines.map((line) => Buffer.byteLength(line))),
    objectEntryBytes: gzipSync(lines.join('')).byteLength / lines.length,
  }
}

/** Counts one service's operations, each several times. */
class Counting {
  private readonly meter: RequestMeter
  private logged = 0

  constructor(meter: RequestMeter) {
    this.meter = meter
    sendMetricsTo((text) => {
      this.logged += Buffer.byteLength(text) + 1
    })
  }

  async each(work: (index: number) => Promise<unknown>): Promise<Count> {
    metrics.flush()
    this.logged = 0
    const counted = await this.meter.during(async () => {
      for (let index = 0; index < times; index++) {
        await work(index)
        metrics.flush()
      }
    })
    return this.perOne(counted)
  }

  private perOne({ requests, writeUnits, readUnits }: Counted): Count {
    return {
      requests: requests / times,
      writeUnits: writeUnits / times,
      readUnits: readUnits / times,
      logBytes: this.logged / times,
    }
  }
}

/** Polls within a second of each other, and polls that come alone. */
async function countPolls(service: Service, bench: Counting): Promise<Counts['poll']> {
  const etag = await service.poll('priced')
  const poll = () => service.poll('priced', etag)
  const { readUnits: ownReadUnits } = await bench.each(poll)
  const alone = await bench.each(async () => {
    service.clock.set(new Date(service.clock.now() + aloneMilliseconds).toISOString())
    await poll()
  })
  return { ...alone, ownReadUnits }
}

function eventsOf(batch: number, count: number, now: number) {
  const time = new Date(now - 60_000).toISOString()
  const head = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:aps:bench:us-east-1', time }
  return Array.from({ length: count }, (_, index) => {
    const { meter, quantity } = workOf(index)
    const id = `priced-${batch}-${index}`
    return { ...head, id, subject: appOf('priced'), data: { meter, quantity } }
  })
}

/** The consumers follow one team: first some entries at a time, then all entries of a request at once. */
async function countStream({ deps }: Service, bench: Counting, fleet: Fleet) {
  const view = new UsageView(deps.table, deps.journal)
  const cursor = new EventCursor(deps.table)
  const bus = { put: async () => {} }
  const publisher = new Publisher({ cursor, journal: deps.journal, catalog: deps.catalog, bus })
  const few = Math.max(1, Math.round(fleet.assumed.entriesPerCatchUp))
  const many = Math.round(fleet.eventsPerRequest)
  const seen = times * few
  // A consumer reads all entries that exist. Here they are only those that the stream has announced.
  const { since } = deps.journal
  deps.journal.since = (teamId, after) => since.call(deps.journal, teamId, after, few)
  const usageView = await bench.each((index) => view.catchUp('priced', (index + 1) * few))
  const publisherOfFew = await bench.each((index) => publisher.catchUp('priced', (index + 1) * few))
  deps.journal.since = since
  return {
    usageView,
    publisher: publisherOfFew,
    largeUsageView: await bench.each((index) => view.catchUp('priced', seen + (index + 1) * many)),
    largePublisher: await bench.each((index) => publisher.catchUp('priced', seen + (index + 1) * many)),
  }
}

async function countDeliveries({ deps }: Service, bench: Counting): Promise<Count> {
  const notifications = new NotificationStore(deps.table)
  const webhook = { webhookId: 'wh-1', url: 'https://hooks.example.com/', secret: { key: '1', number: 1 } }
  await notifications.change('priced', (before) => ({ ...before, webhooks: [webhook] }))
  const secrets = new WebhookSecrets(async () => JSON.stringify({ 1: 'k'.repeat(64) }), deps.clock)
  const sendWebhook = async () => ({ status: 200 })
  const deliveries = new DeliveryStore(deps.table)
  const deliverer = new Deliverer({
    clock: deps.clock,
    realClock: deps.clock,
    notifications,
    deliveries,
    invitations: new InvitationMails(deps.table),
    secrets,
    sendWebhook,
  })
  return bench.each((index) => {
    const id = `priced.${index + 1}.0`
    return deliverer.tell({
      type: 'TokensExhausted',
      detail: { id, teamId: 'priced', at: '2026-06-15T10:00:00Z' },
    })
  })
}

/** Teams with a few pay-as-you-go entries each, whose month is due to be closed. */
async function countTeams(service: Service, bench: Counting) {
  const { deps } = service
  const view = new UsageView(deps.table, deps.journal)
  await archiveMarked(deps)
  for (let team = 0; team < times; team++) {
    const teamId = `swept-${team}`
    await makeTeam(service, teamId, [100])
    await service.call('choosePlan', { teamId }, { plan: 'paid', payAsYouGo: true })
    const ask = { authorizationId: teamId, appId: appOf(teamId), meter: 'automation-autocad' }
    await service.authorize({ ...ask, quantity: 101 * 720 })
    await service.capture(teamId, 101 * 720)
    const account = await deps.operations.load(teamId)
    await view.catchUp(teamId, account?.version ?? 0)
  }
  // One run serves all teams.
  const run = await bench.each((index) => (index === 0 ? archiveMarked(deps) : Promise.resolve()))
  const archiving = { ...run, writeUnits: run.writeUnits + markUnits }
  service.clock.set('2026-07-03T00:05:00Z')
  await deps.catalog.read()
  return {
    archiving,
    sweptTeam: await bench.each((index) => deps.operations.advance(`swept-${index}`)),
  }
}

/**
 * Cost of marking a team for the archive: one row of an index. The usage view writes it again after each run
 * of the archive.
 */
const markUnits = 1

/** A run of the archive whose output is discarded. */
async function archiveMarked({ table, journal }: Service['deps']): Promise<void> {
  const archiver = new Archiver({
    cursors: new ArchiveCursors(table),
    openWork: new OpenWorkStore(table),
    journal,
    stream: { put: async () => {} },
    isLate: () => false,
    onFailure: (teamId, cause) => {
      throw new Error(`the archive could not read ${teamId}`, { cause })
    },
  })
  await archiver.run()
}

async function countUsual({ deps }: Service, bench: Counting): Promise<Counts['usual']> {
  const { writeUnits, readUnits } = await bench.each((index) => usualCall(deps.table, 'usual', index))
  return { writeUnits, readUnits, storedBytes: usualStoredBytes }
}
