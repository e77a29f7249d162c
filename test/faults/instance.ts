import { type OperationId, routes } from '../../contract/routes.ts'
import { authorize } from '../../core/commands/authorize.ts'
import { capture } from '../../core/commands/capture.ts'
import { recordUsage } from '../../core/commands/record-usage.ts'
import { settle } from '../../core/commands/settle.ts'
import { voidAuthorization } from '../../core/commands/void-authorization.ts'
import type { Instant } from '../../core/time/time.ts'
import type { Deliverer } from '../../lambdas/delivery/deliverer.ts'
import type { SendWebhook } from '../../lambdas/delivery/send-webhook.ts'
import type { WebhookSecrets } from '../../lambdas/delivery/webhook-secrets.ts'
import type { TeamDeps } from '../../lambdas/runtime/team-deps.ts'
import type { DeliveryStore } from '../../lambdas/store/deliveries.ts'
import {
  loadAuthorize,
  loadCapture,
  loadRecordUsage,
  loadSettle,
  loadVoid,
} from '../../lambdas/store/meter-loaders.ts'
import type { Sent } from '../support/ask.ts'
import { makerOf } from '../support/handler-makers.ts'
import { type Outside, reaches } from './outside.ts'

/** The result of a call, with the status that its caller sees. It is 503 for a function that AWS would call again. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

export interface InstanceOptions {
  readonly tableName: string
  readonly now: () => Instant
  readonly outside: Outside
  readonly payments?: 'sandbox' | 'bus'
}

/** One cold function instance of every function: it shares nothing with another but the table. */
export class Instance {
  readonly deps: TeamDeps
  /** Those of the calls of services, whose functions have the signed client and no other rules. */
  private readonly meterDeps: TeamDeps
  readonly outside: Outside
  readonly deliveries: DeliveryStore
  readonly deliverer: Deliverer
  private readonly secrets: WebhookSecrets
  private readonly sendWebhook: SendWebhook

  private constructor(parts: Parts) {
    const { deps, meterDeps, outside, deliveries, deliverer, secrets, sendWebhook } = parts
    this.secrets = secrets
    this.sendWebhook = sendWebhook
    this.deps = deps
    this.meterDeps = meterDeps
    this.outside = outside
    this.deliveries = deliveries
    this.deliverer = deliverer
  }

  static async start({ tableName, now, outside, payments = 'sandbox' }: InstanceOptions): Promise<Instance> {
    const { meterDepsOn } = await import('../../lambdas/runtime/meter-deps.ts')
    const { teamDepsOn } = await import('../../lambdas/runtime/team-deps.ts')
    const { tableClients } = await import('../support/table-clients.ts')
    const { DeliveryStore } = await import('../../lambdas/store/deliveries.ts')
    const { NotificationStore } = await import('../../lambdas/store/notifications.ts')
    const { WebhookSecrets } = await import('../../lambdas/delivery/webhook-secrets.ts')
    const { InvitationMails } = await import('../../lambdas/store/invitation-mails.ts')
    const { Deliverer } = await import('../../lambdas/delivery/deliverer.ts')
    const env = { tableName, payments, stage: 'test' }
    // A key is random, so a try that is repeated would store another one.
    const newBudgetKey = () => 'tgk_always-the-same'
    const deps = { ...teamDepsOn(tableClients.sdk(tableName), env, { now }), newBudgetKey }
    const clock = { now }
    const meterDeps = { ...deps, ...meterDepsOn(tableClients.signed(tableName), clock, meterCommands) }
    const deliveries = new DeliveryStore(deps.table)
    const secrets = new WebhookSecrets(async () => signingKeys, deps.clock)
    const sendWebhook: SendWebhook = async ({ headers: { 'webhook-id': id = '' } }) => {
      // A test event is sent once, and its failure is its answer.
      if (id.startsWith('test-')) return { status: 200 }
      return reaches(outside, `webhook ${id}`) ? { status: 200 } : { fault: 'no answer' }
    }
    const deliverer = new Deliverer({
      clock: deps.clock,
      realClock: deps.clock,
      secrets,
      notifications: new NotificationStore(deps.table),
      deliveries,
      invitations: new InvitationMails(deps.table),
      sendWebhook,
      sendMail: async ({ subject }) => (reaches(outside, `mail ${subject}`) ? undefined : 'no answer'),
    })
    return new Instance({ deps, meterDeps, outside, deliveries, deliverer, secrets, sendWebhook })
  }

  /** Calls a route's handler as API Gateway would. */
  async call(operationId: OperationId, sent: Sent = {}): Promise<Answer> {
    const make = await makerOf(operationId)
    const handler = make(
      isMeterCall(operationId) ? this.meterDeps : this.deps,
      this.secrets,
      this.sendWebhook,
    )
    const { event } = await import('../support/ask.ts')
    const { statusCode, headers, body } = await handler(event(operationId, sent))
    const isJson = headers['content-type']?.includes('json') === true
    const answer = isJson ? parsed(body) : { text: body }
    return { status: Math.max(statusCode, failedRow(answer)), body: answer }
  }
}

/** The highest status of 500 or more among the rows of an answer, or 0: the caller repeats such a row like a call. */
function failedRow(answer: unknown): number {
  const { results = [] } = answer as { results?: readonly { status?: unknown }[] }
  const statuses = Array.isArray(results) ? results.map(({ status }) => Number(status)) : []
  return Math.max(0, ...statuses.filter((status) => status >= 500))
}

const isMeterCall = (operationId: OperationId): boolean =>
  routes.some((route) => route.operationId === operationId && route.scope === 'aps:meter')

const meterCommands = {
  rules: { authorize, capture, void: voidAuthorization, settle, 'record-usage': recordUsage },
  loaders: {
    authorize: loadAuthorize,
    capture: loadCapture,
    void: loadVoid,
    settle: loadSettle,
    'record-usage': loadRecordUsage,
  },
}

function parsed(body: string): unknown {
  const { requestId, instance, ...rest } = JSON.parse(body) as Record<string, unknown>
  return rest
}

const signingKeys = JSON.stringify({ 1: 'k'.repeat(64) })

type Parts = Pick<Instance, 'deps' | 'outside' | 'deliveries' | 'deliverer'> & {
  readonly meterDeps: TeamDeps
  readonly secrets: WebhookSecrets
  readonly sendWebhook: SendWebhook
}
