import type { DynamoDBStreamEvent } from 'aws-lambda'
import { dueShards } from '../../lambdas/store/keys.ts'
import type { DeployedFunction } from '../../lib/functions.ts'
import type { Answer, Instance } from './instance.ts'
import type { Operation } from './operation.ts'
import { tell } from './outside.ts'
import { announcement, notifiedEvent, type StateName } from './states.ts'

/** The functions that no route calls. */
export const functionOperations: readonly Operation[] = [
  row('on-account-changed', 'paid', followAccount),
  row('on-account-changed', 'alerted', followAccount, {
    name: 'on-account-changed, an alert',
    makes: { 'alert-noted': 1 },
    // The note is an entry, too, so the stream calls again.
    settle: followToEnd,
  }),
  row('on-account-changed', 'paid', refreshDirectory, { name: 'on-account-changed, the directory' }),
  row('publish-events', 'paid', async ({ deps, outside }) => {
    const { publisherOf } = await import('./stream.ts')
    const publisher = publisherOf(deps, outside)
    return consume('events', (teamId, version) => publisher.catchUp(teamId, version), [await versionOf(deps)])
  }),
  row(
    'on-payment-result',
    'ordered',
    async ({ deps }) => {
      const { takePayment } = await import('../../lambdas/payment/take-payment.ts')
      return takePayment(deps, { paymentId: 'p1', paymentReference: 'acme~later', status: 'settled' })
    },
    { makes: { payment: 1, 'lot-granted': 1 } },
  ),
  // Failed deliveries are due again later, at growing intervals, and the schedule sends them.
  row(
    'deliver-event',
    'notified',
    async (instance) => {
      await instance.deliverer.tell(notifiedEvent)
      return undefined
    },
    { settle: deliverAll },
  ),
  row('archive-entries', 'unarchived', async (instance) => archive(instance), {
    isScheduled: true,
    // The next run unmarks entries that were archived and could not be unmarked.
    settle: archive,

    essence: () => 0,
  }),
  row('deliver-due', 'undelivered', deliver, {
    isScheduled: true,
    settle: deliverAll,
    essence: () => 0,
  }),
  row('sweep', 'monthEnd', sweepOnce, {
    name: 'sweep, period and bill',
    makes: { 'period-started': 1, 'period-closed': 1 },
    isScheduled: true,
    essence: () => 0,
  }),
  row('sweep', 'lotEnd', sweepOnce, {
    name: 'sweep, lot expiry',
    makes: { 'lot-expiring': 3, 'lot-expired': 1 },
    isScheduled: true,
    essence: () => 0,
  }),
  row('check-readers', 'paid', checkAll, { isRead: true, isScheduled: true, essence: () => 0 }),
  row(
    'plan-campaign',
    'campaign',
    async ({ deps }) => {
      const { planCampaign } = await import('../../lambdas/workflow/plan-campaign.ts')
      return planCampaign(deps, { campaignId: announcement.campaignId })
    },
    { isRead: true },
  ),
  row(
    'tell-teams',
    'campaign',
    async ({ deps }) => {
      const { tellShard } = await import('../../lambdas/workflow/tell-teams.ts')
      const { openApp } = await import('../../lambdas/store/keys.ts')
      return tellShard(deps, { ...announcement, shard: Number(openApp('acme').openShard.slice(-2)) })
    },
    { makes: { 'campaign-notice': 1 } },
  ),
  row('finish-step', 'told', async ({ deps }) => {
    const { finishStep } = await import('../../lambdas/workflow/finish-step.ts')
    return finishStep(deps, announcement)
  }),
  row(
    'recover-payment',
    'unpaid',
    async ({ deps }) => {
      const { recoverPayment } = await import('../../lambdas/workflow/recover-payment.ts')
      return recoverPayment(deps, { teamId: 'acme', period: '2026-02' })
    },
    { makes: { 'payment-recovery': 1 } },
  ),
  row('start-workflows', 'unpaid', startAll, {
    name: 'start-workflows, a bill in recovery',
    isRead: true,
    isScheduled: true,
    essence: () => 0,
  }),
  row('start-workflows', 'campaign', startAll, {
    name: 'start-workflows, a campaign and its day',
    isOfItsDay: 'a day on which it never ran is not counted',
    isScheduled: true,
    essence: () => 0,
  }),
  row('sweep', 'alertDay', checkDue, {
    name: 'sweep, the daily check of alerts',
    makes: { 'lot-expiring': 3, 'lot-expired': 1, 'alert-noted': 1 },
    isOfItsDay: 'a crossing is noted at the instant of the check',
    isScheduled: true,
    essence: () => 0,
  }),
]

async function refreshDirectory({ deps }: Instance) {
  const { followChanges } = await import('../../lambdas/directory/follow-changes.ts')
  const { DirectoryStore } = await import('../../lambdas/store/directory.ts')
  const { setupVersionKey } = await import('../../lambdas/store/keys.ts')
  const { pk, sk } = setupVersionKey('acme')
  const record = { dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } }, SequenceNumber: '1' } }
  const batchItemFailures = await followChanges(new DirectoryStore(deps.table))([record])
  return { batchItemFailures }
}

async function sweepOnce({ deps }: Instance) {
  const { sweep } = await import('../../lambdas/consumers/sweep.ts')
  return sweep(deps)
}

async function checkDue(instance: Instance) {
  const { deps } = instance
  const { checkDueAlerts } = await import('../../lambdas/alerts/check-due-alerts.ts')
  await sweepOnce(instance)
  return checkDueAlerts(
    deps,
    Array.from({ length: dueShards }, (_, shard) => shard),
  )
}

async function followToEnd(instance: Instance): Promise<void> {
  const before = await versionOf(instance.deps)
  const { batchItemFailures } = await followAccount(instance)
  if (batchItemFailures.length > 0 || (await versionOf(instance.deps)) > before)
    throw new Error('the stream is not read to its end')
}

async function followAccount({ deps }: Instance) {
  const { followUsage } = await import('../../lambdas/store/usage-follower.ts')
  const { UsageView } = await import('../../lambdas/store/usage-view.ts')
  const parts = { ...deps, view: new UsageView(deps.table, deps.journal) }
  const follow = (teamId: string, version: number) => followUsage(parts, teamId, version)
  return consume('usage view', follow, [await versionOf(deps)])
}

async function checkAll({ deps }: Instance) {
  const { checkReaders } = await import('../../lambdas/consumers/check-readers.ts')
  return checkReaders(deps)
}

async function deliver({ deps, deliverer, deliveries }: Instance) {
  const { deliverDue } = await import('../../lambdas/consumers/deliver-due.ts')
  return deliverDue({ clock: deps.clock, deliverer, deliveries })
}

/** Fails while something is under way, so that the schedule comes again. */
async function deliverAll(instance: Instance): Promise<void> {
  await deliver(instance)
  const deliveries = await instance.deliveries.newest('acme', undefined, 100)
  if (deliveries.some(({ status }) => status === 'pending')) throw new Error('something is under way')
}

async function archive({ deps, outside }: Instance) {
  const { Archiver } = await import('../../lambdas/archive/archiver.ts')
  const { ArchiveCursors } = await import('../../lambdas/store/archive-cursors.ts')
  const { OpenWorkStore } = await import('../../lambdas/store/open-work.ts')
  const archived = await new Archiver({
    cursors: new ArchiveCursors(deps.table),
    openWork: new OpenWorkStore(deps.table),
    journal: deps.journal,
    stream: {
      put: async (records) => {
        const lines = records.flatMap((record) => record.toString('utf8').split('\n').filter(Boolean))
        if (lines.length > 0) tell(outside, lines, (line) => outside.heard.add(`archived ${line}`))
      },
    },
    isLate: () => false,
    onFailure: () => {},
  }).run()
  // The function fails where a team did, and is called again.
  return { ...archived, batchItemFailures: Array.from({ length: archived.failures }) }
}

async function startAll({ deps, outside }: Instance) {
  const { startWorkflows } = await import('../../lambdas/workflow/start-workflows.ts')
  const executions = {
    running: async () => [],
    start: async (arn: string, name: string) => {
      const execution = `execution ${arn} ${name}`
      const isNew = !outside.heard.has(execution)
      tell(outside, [execution], (name) => outside.heard.add(name))
      return isNew
    },
  }
  return startWorkflows(deps, { executions, arns: { migration: 'm', paymentRecovery: 'r' } })
}

type Options = Partial<
  Pick<Operation, 'name' | 'makes' | 'isRead' | 'isScheduled' | 'isOfItsDay' | 'settle' | 'essence'>
>

function row(
  covers: DeployedFunction,
  state: StateName,
  work: (instance: Instance) => Promise<unknown>,
  options: Options = {},
): Operation {
  const run = (instance: Instance) => asFunction(() => work(instance))
  return { name: covers, covers, state, makes: {}, run, ...options }
}

/** Errors that may occur and pass. */
const passing: ReadonlySet<string> = new Set(['Busy', 'OutsideFailed'])

/** AWS calls a function that failed again; only that table or world are not there for it is expected. */
async function asFunction(work: () => Promise<unknown>): Promise<Answer> {
  try {
    const body = await work()
    return { status: isFailedBatch(body) ? 503 : 200, body }
  } catch (error) {
    // A run that goes on after a failed team ends with an error that names the first cause.
    const cause = error instanceof Error ? (error.cause ?? error) : error
    if (cause instanceof Error && passing.has(cause.name)) return { status: 503, body: 'Busy' }
    return { status: 500, body: String(error) }
  }
}

function isFailedBatch(body: unknown): boolean {
  const { batchItemFailures = [] } = (body ?? {}) as { batchItemFailures?: unknown[] }
  return batchItemFailures.length > 0
}

async function versionOf({ operations }: Instance['deps']): Promise<number> {
  return (await operations.load('acme'))?.version ?? 0
}

type CatchUp = (teamId: string, version: number) => Promise<boolean>

/** Gives a consumer of the stream one record per version. */
async function consume(what: string, catchUp: CatchUp, versions: readonly number[]) {
  const { accountConsumer } = await import('../../lambdas/runtime/account-consumer.ts')
  const Records = versions.map((version) => {
    const NewImage = { teamId: { S: 'acme' }, version: { N: String(version) } }
    return { dynamodb: { NewImage, SequenceNumber: String(version) } }
  })
  return accountConsumer(what, catchUp)({ Records } satisfies DynamoDBStreamEvent)
}
