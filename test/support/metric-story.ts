import type { DynamoDBStreamEvent } from 'aws-lambda'
import type { Clock } from '../../lambdas/runtime/clock.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { event } from './ask.ts'
import type { Party } from './party.ts'

const campaignId = 'aps-2025'
const step = { notice: 'announced' as const, scheduledAt: Date.parse('2025-12-08T00:00:00Z') }

/** A team without a plan, whose app is in no hub, receives the campaign's notice. */
export async function campaign(party: Party): Promise<void> {
  const profile = { name: 'Bolt', country: 'US', paymentMethod: 'none', standing: 'good' }
  await party.call('registerTeam', { body: profile, params: { teamId: 'bolt' } })
  await party.call('registerApp', { body: { teamId: 'bolt', name: 'Nut' }, params: { appId: 'nut' } })
  const { tellShard } = await import('../../lambdas/workflow/tell-teams.ts')
  const { finishStep } = await import('../../lambdas/workflow/finish-step.ts')
  const { openShards } = await import('../../lambdas/store/keys.ts')
  for (let shard = 0; shard < openShards; shard++) await tellShard(party.deps, { campaignId, step, shard })
  await finishStep(party.deps, { campaignId, step })
}

/** The function that starts workflows finds a bill whose step was due hours ago. */
export async function startMachines(party: Party): Promise<void> {
  Object.assign(process.env, { MIGRATION_ARN: 'm', PAYMENT_RECOVERY_ARN: 'p' })
  const { startWorkflows } = await import('../../lambdas/workflow/start-workflows.ts')
  const executions = { running: async () => [], start: async () => true }
  await startWorkflows(party.deps, { executions, arns: { migration: 'm', paymentRecovery: 'p' } })
}

/** Two warm instances: the second one remembers an old account, so its transaction loses. */
export async function raceTwo(first: Party, second: Party): Promise<void> {
  for (const [index, party] of [first, second, first, second].entries()) {
    const ask = { appId: 'viewer', meter: 'automation-autocad', quantity: 1 }
    await party.call('authorizeUsage', { body: { ...ask, authorizationId: `race-${index}` } })
  }
}

/** A call that is busy, and one that fails. */
export async function failCalls(): Promise<void> {
  const { route } = await import('../../lambdas/http/route.ts')
  const { getBalance } = await import('../../contract/get-balance.ts')
  const { Busy } = await import('../../lambdas/runtime/busy.ts')
  for (const error of [new Busy(), new Error('broken')])
    await route(getBalance, () => Promise.reject(error))(event('getBalance'))
}

/** The stream announces teams; the usage view and the bus follow all their entries. */
export async function consumeStream({ deps }: Party, teamIds: readonly string[]): Promise<void> {
  const { accountConsumer } = await import('../../lambdas/runtime/account-consumer.ts')
  const { UsageView } = await import('../../lambdas/store/usage-view.ts')
  const { Publisher } = await import('../../lambdas/bus/publisher.ts')
  const { EventCursor } = await import('../../lambdas/store/event-cursor.ts')
  const view = new UsageView(deps.table, deps.journal)
  const cursor = new EventCursor(deps.table)
  const publisher = new Publisher({ ...deps, cursor, bus: { put: async () => {} } })
  const rings = await Promise.all(teamIds.map(async (teamId) => ring(teamId, await versionOf(teamId))))
  const batch = { Records: rings } as DynamoDBStreamEvent
  for (const consumer of [
    accountConsumer('usage-view', (teamId, version) => view.catchUp(teamId, version)),
    accountConsumer('events', (teamId, version) => publisher.catchUp(teamId, version)),
  ]) {
    const { batchItemFailures } = await consumer(batch)
    if (batchItemFailures.length > 0) throw new Error('the stream was not followed')
  }

  async function versionOf(teamId: string): Promise<number> {
    return (await deps.operations.load(teamId))?.version ?? 0
  }
}

/** The hourly check of the followers. */
export async function checkFollowers({ deps }: Party): Promise<void> {
  const { checkReaders } = await import('../../lambdas/consumers/check-readers.ts')
  await checkReaders(deps)
}

function ring(teamId: string, version: number) {
  const NewImage = { teamId: { S: teamId }, version: { N: String(version) } }
  const ApproximateCreationDateTime = Math.floor(Date.now() / 1_000) - 5
  return { dynamodb: { NewImage, SequenceNumber: '1', ApproximateCreationDateTime } }
}

/**
 * An event for a webhook that succeeds, one that fails and one that is gone; then a delivered and a failed
 * mail.
 */
export async function deliver(table: Table, clock: Clock): Promise<void> {
  Object.assign(process.env, { SIGNING_KEYS: 'none' })
  const { Deliverer } = await import('../../lambdas/delivery/deliverer.ts')
  const { WebhookSecrets } = await import('../../lambdas/delivery/webhook-secrets.ts')
  const { deliverDue } = await import('../../lambdas/consumers/deliver-due.ts')
  const { DeliveryStore } = await import('../../lambdas/store/deliveries.ts')
  const { InvitationMails } = await import('../../lambdas/store/invitation-mails.ts')
  const { NotificationStore } = await import('../../lambdas/store/notifications.ts')
  const notifications = new NotificationStore(table)
  const deliveries = new DeliveryStore(table)
  const webhooks = ['taken', 'failing', 'gone'].map((webhookId) => ({
    webhookId,
    url: `https://example.com/${webhookId}`,
    secret: { key: '1', number: 1 },
  }))
  await notifications.change('acme', (before) => ({ ...before, emails: ['a@example.com'], webhooks }))
  const status = { taken: 200, failing: 500, gone: 410 } as const
  let mails = 0
  const deliverer = new Deliverer({
    clock,
    realClock: clock,
    notifications,
    deliveries,
    invitations: new InvitationMails(table),
    secrets: new WebhookSecrets(async () => JSON.stringify({ 1: 'k'.repeat(64) }), clock),
    sendWebhook: async ({ url }) => ({ status: status[url.split('/').at(-1) as keyof typeof status] }),
    sendMail: async () => (mails++ === 0 ? 'mail was not accepted (MessageRejected)' : undefined),
  })
  const detail = { id: 'acme.9.0', teamId: 'acme', at: '2026-01-20T10:00:00Z' }
  await deliverer.tell({ type: 'TokensExhausted', detail })
  await deliverDue({ clock: { now: () => clock.now() + 60_000 }, deliverer, deliveries })
}
