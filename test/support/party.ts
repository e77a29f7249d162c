import type { RouteHandler } from '../../lambdas/http/route.ts'
import type { Clock } from '../../lambdas/runtime/clock.ts'
import type { Deps } from '../../lambdas/runtime/deps.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { event, type Sent } from './ask.ts'
import { expectDocumented } from './documented.ts'

export interface PartyAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Record<string, unknown>
  readonly retryAfter?: string
}

/** One warm function instance of every call: it shares nothing with another party but the table. */
export interface Party {
  readonly deps: Deps
  /** `context` is Lambda's; without it, lines of the log lack what it says. */
  call(operationId: string, sent: Sent, context?: object): Promise<PartyAnswer>
}

/** Handlers as they are bundled, on a table and a clock of the test's own. */
export async function newParty(
  table: Table,
  clock: Clock,
  payments: 'sandbox' | 'bus' = 'sandbox',
): Promise<Party> {
  // The modules open their own dependencies when they are loaded; those are not used here.
  Object.assign(process.env, {
    TABLE_NAME: table.tableName,
    PAYMENTS: 'sandbox',
    STAGE: 'test',
  })
  const { logger } = await import('../../lambdas/runtime/log.ts')
  logger.setLogLevel('SILENT')
  const { openDeps } = await import('../../lambdas/runtime/deps.ts')
  const deps = openDeps({ tableName: table.tableName, payments, stage: 'test' }, clock)
  const handlers = await loadHandlers(deps)
  return {
    deps,
    call: async (operationId, sent, context) => {
      const handler = handlers.get(operationId)
      if (handler === undefined) throw new Error(`no handler of ${operationId} is loaded`)
      const response = await handler(event(operationId, sent), context)
      expectDocumented(operationId, response)
      const { statusCode, headers, body } = response
      const retryAfter = headers['retry-after']
      return {
        status: statusCode,
        headers,
        body: body === '' ? {} : JSON.parse(body),
        ...(retryAfter && { retryAfter }),
      }
    },
  }
}

async function loadHandlers(deps: Deps): Promise<ReadonlyMap<string, RouteHandler>> {
  const made = [
    (await import('../../lambdas/api/authorize-usage.ts')).authorizeUsage(deps),
    (await import('../../lambdas/api/capture-authorization.ts')).captureAuthorization(deps),
    (await import('../../lambdas/api/void-authorization.ts')).voidAuthorization(deps),
    (await import('../../lambdas/api/record-usage.ts')).recordUsage(deps),
    (await import('../../lambdas/api/purchase-tokens.ts')).purchaseTokens(deps),
    (await import('../../lambdas/api/choose-plan.ts')).choosePlan(deps),
    (await import('../../lambdas/api/create-hub.ts')).createHub(deps),
    (await import('../../lambdas/api/move-apps.ts')).moveApps(deps),
    (await import('../../lambdas/api/register-team.ts')).registerTeam(deps),
    (await import('../../lambdas/api/register-app.ts')).registerApp(deps),
    (await import('../../lambdas/api/report-payment.ts')).reportPayment(deps),
    (await import('../../lambdas/api/adjust-team.ts')).adjustTeam(deps),
    ...(await loadHubHandlers(deps)),
  ]
  return new Map<string, RouteHandler>(made.map((handler) => [handler.route.operationId, handler]))
}

async function loadHubHandlers(deps: Deps): Promise<readonly RouteHandler[]> {
  const members = await import('../../lambdas/api/members.ts')
  const suspension = await import('../../lambdas/api/suspension.ts')
  return [
    (await import('../../lambdas/api/get-offer.ts')).getOffer(deps),
    (await import('../../lambdas/api/get-team.ts')).getTeam(deps),
    (await import('../../lambdas/api/get-balance.ts')).getBalance(deps),
    (await import('../../lambdas/api/get-onboarding.ts')).getOnboarding(deps),
    (await import('../../lambdas/api/get-usage.ts')).getUsage(deps),
    (await import('../../lambdas/api/list-entries.ts')).listEntries(deps),
    (await import('../../lambdas/api/limit-app.ts')).limitApp(deps),
    (await import('../../lambdas/api/campaigns.ts')).putCampaign(deps),
    (await import('../../lambdas/api/rate-cards.ts')).publishRateCard(deps),
    members.listMembers(deps),
    members.putMember(deps),
    members.removeMember(deps),
    suspension.suspendTeam(deps),
    suspension.resumeTeam(deps),
  ]
}

/** A paid team `acme` with the app `viewer` in its hub and so many tokens. */
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
