import { authorizeUsage } from '../lambdas/api/authorize-usage.ts'
import { captureAuthorization } from '../lambdas/api/capture-authorization.ts'
import { choosePlan } from '../lambdas/api/choose-plan.ts'
import { createHub } from '../lambdas/api/create-hub.ts'
import { getBalance } from '../lambdas/api/get-balance.ts'
import { getUsage } from '../lambdas/api/get-usage.ts'
import { moveApps } from '../lambdas/api/move-apps.ts'
import { purchaseTokens } from '../lambdas/api/purchase-tokens.ts'
import { recordUsage } from '../lambdas/api/record-usage.ts'
import { registerApp } from '../lambdas/api/register-app.ts'
import { registerTeam } from '../lambdas/api/register-team.ts'
import { settleUsage } from '../lambdas/api/settle-usage.ts'
import type { HttpEvent, HttpResponse } from '../lambdas/http/event.ts'
import { type TeamDeps, teamDepsOn } from '../lambdas/runtime/team-deps.ts'
import type { Table } from '../lambdas/store/table.ts'
import { event, everyScope } from '../test/support/ask.ts'
import type { BenchClock } from './clock.ts'

interface Sent {
  readonly params: Record<string, string>
  readonly body?: unknown
  readonly query?: Record<string, string>
  readonly headers?: Record<string, string>
}

/** The subject of a service's tokens, as long as those of Cognito. Every entry that it asks for names it. */
const clientId = '4b8d1qv6n2c0s7m3k9t5h1j8e2'

/** The real handlers with one set of dependencies, called in process like one warm function. */
export class Service {
  readonly deps: TeamDeps
  readonly clock: BenchClock
  private readonly handlers: Readonly<Record<string, (event: HttpEvent) => Promise<HttpResponse>>>

  constructor(table: Table, clock: BenchClock) {
    this.clock = clock
    const { tableName } = table
    this.deps = teamDepsOn(table, { tableName, payments: 'sandbox', stage: 'bench' }, clock)
    const all = [authorizeUsage, captureAuthorization, recordUsage, registerTeam, registerApp, createHub]
    const made = [...all, settleUsage, choosePlan, moveApps, purchaseTokens, getBalance, getUsage].map(
      (make) => make(this.deps),
    )
    this.handlers = Object.fromEntries(made.map((handler) => [handler.route.operationId, handler]))
  }

  /** Calls an operation. Throws on an error response, because the bench measures successful calls. */
  async call(operationId: string, params: Record<string, string>, body: unknown): Promise<unknown> {
    return this.send(operationId, { params, body })
  }

  /** Calls an operation that only reads. */
  async read(operationId: string, params: Record<string, string>, query: Record<string, string>) {
    return this.send(operationId, { params, query })
  }

  /** Asks for a balance as a page does. Returns its tag. Throws when a tag is given and the balance has changed. */
  async poll(teamId: string, etag?: string): Promise<string | undefined> {
    const headers: Record<string, string> = etag === undefined ? {} : { 'if-none-match': etag }
    const answer = await this.answer('getBalance', { params: { teamId }, headers })
    if (answer.statusCode !== (etag === undefined ? 200 : 304))
      throw new Error(`getBalance: ${answer.statusCode} ${answer.body}`)
    return answer.headers.etag
  }

  private async send(operationId: string, sent: Sent): Promise<unknown> {
    const { statusCode, body: answer } = await this.answer(operationId, sent)
    if (statusCode >= 300) throw new Error(`${operationId}: ${statusCode} ${answer}`)
    return JSON.parse(answer || '{}')
  }

  private async answer(operationId: string, sent: Sent): Promise<HttpResponse> {
    const handler = this.handlers[operationId]
    if (handler === undefined) throw new Error(`no handler of ${operationId}`)
    const claims = { ...everyScope, sub: clientId, team: sent.params.teamId ?? 'none' }
    return handler(event(operationId, { ...sent, claims }))
  }

  /** Authorizes. Throws when the authorization is denied. */
  async authorize(ask: Ask): Promise<void> {
    const answer = await this.ask(ask)
    if (answer.decision !== 'allow') throw new Error(`not allowed: ${JSON.stringify(answer)}`)
  }

  /** Authorizes. Returns the answer, allowed or denied. */
  async ask(ask: Ask): Promise<{ readonly decision: string }> {
    return (await this.call('authorizeUsage', {}, ask)) as { decision: string }
  }

  async capture(authorizationId: string, used: number): Promise<void> {
    await this.call('captureAuthorization', { authorizationId }, { used, final: true })
  }
}

export interface Ask {
  readonly authorizationId: string
  readonly appId: string
  readonly meter: string
  readonly quantity: number
  readonly holdSeconds?: number
}
