import type { DeadLetterTools } from '../../lambdas/dead-letters/tools.ts'
import type { SendWebhook } from '../../lambdas/delivery/send-webhook.ts'
import type { RouteHandler } from '../../lambdas/http/make-route.ts'
import type { Clock } from '../../lambdas/runtime/clock.ts'
import type { TeamDeps } from '../../lambdas/runtime/team-deps.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { event, type Sent } from './ask.ts'
import { expectDocumented } from './documented.ts'
import { makerOf } from './handler-makers.ts'

export interface PartyAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Record<string, unknown>
  readonly retryAfter?: string
}

/** One warm function instance of every call. It shares only the table with another party. */
export interface Party {
  readonly deps: TeamDeps
  /** `context` is Lambda's. Without it, log lines lack its fields. */
  call(operationId: string, sent: Sent, context?: object): Promise<PartyAnswer>
}

/** Handlers as they are bundled, on the table and clock of the test. */
export async function newParty(
  table: Table,
  clock: Clock,
  payments: 'sandbox' | 'bus' = 'sandbox',
): Promise<Party> {
  // The modules open their own dependencies when they are loaded. The tests do not use those.
  Object.assign(process.env, {
    TABLE_NAME: table.tableName,
    PAYMENTS: 'sandbox',
    STAGE: 'test',
    SIGNING_KEYS: 'signing-keys',
    ISSUER: 'https://issuer.example.com',
    AUDIENCE: 'tollgate',
    SCOPES: 'hub:read hub:write',
  })
  const { logger } = await import('../../lambdas/runtime/log.ts')
  logger.setLogLevel('SILENT')
  const { teamDepsOn } = await import('../../lambdas/runtime/team-deps.ts')
  const env = { tableName: table.tableName, payments, stage: 'test' }
  const deps = { ...teamDepsOn(table, env, clock), deadLetters: noDeadLetters }
  const { WebhookSecrets } = await import('../../lambdas/delivery/webhook-secrets.ts')
  const secrets = new WebhookSecrets(async () => JSON.stringify({ 1: 'k'.repeat(64) }), clock)
  const handlers = new Map<string, RouteHandler>()
  const handlerOf = async (operationId: string) => {
    const handler = handlers.get(operationId) ?? (await makerOf(operationId))(deps, secrets, everReached)
    handlers.set(operationId, handler)
    return handler
  }
  return {
    deps,
    call: async (operationId, sent, context) => {
      const handler = await handlerOf(operationId)
      const response = await handler(event(operationId, sent), context)
      expectDocumented(operationId, response)
      const { statusCode, headers, body } = response
      const retryAfter = headers['retry-after']
      return {
        status: statusCode,
        headers,
        body: readBody(headers, body),
        ...(retryAfter && { retryAfter }),
      }
    },
  }
}

/** The JSON of an answer; other text under `text`. */
function readBody(headers: Readonly<Record<string, string>>, body: string): Record<string, unknown> {
  if (body === '') return {}
  return headers['content-type']?.includes('json') ? JSON.parse(body) : { text: body }
}

const noDeadLetters: DeadLetterTools = { queues: new Map(), redrive: async () => {} }

/** A receiver that takes everything. The network is never used. */
const everReached: SendWebhook = async () => ({ status: 200, body: { text: 'ok', isCut: false } })

/** A paid team `acme` with the app `viewer` in its hub and this number of tokens. */
export async function foundAcme(party: Party, tokens = 100): Promise<void> {
  const profile = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await succeed(party, 'registerTeam', { body: profile })
  await succeed(party, 'registerApp', { body: { teamId: 'acme', name: 'Viewer' } })
  await succeed(party, 'createHub', { body: { name: 'Hub' } })
  await succeed(party, 'moveApps', { body: { appIds: ['viewer'] } })
  await succeed(party, 'choosePlan', { body: { plan: 'paid' } })
  await succeed(party, 'purchaseTokens', { body: { purchaseId: 'first', tokens } })
}

async function succeed(party: Party, operationId: string, sent: Sent): Promise<void> {
  const { status, body } = await party.call(operationId, sent)
  if (status >= 300) throw new Error(`${operationId}: ${status} ${JSON.stringify(body)}`)
}
