import { authorizeUsage } from '../../lambdas/api/authorize-usage.ts'
import { captureAuthorization } from '../../lambdas/api/capture-authorization.ts'
import { purchaseTokens } from '../../lambdas/api/purchase-tokens.ts'
import { recordUsage } from '../../lambdas/api/record-usage.ts'
import { settleUsage } from '../../lambdas/api/settle-usage.ts'
import type { HttpEvent, HttpResponse } from '../../lambdas/http/event.ts'
import type { Clock } from '../../lambdas/runtime/clock.ts'
import { teamDepsOn } from '../../lambdas/runtime/team-deps.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { event, everyScope } from '../../test/support/ask.ts'
import { callLatency } from './aws.ts'
import { draw } from './seeded.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Everything that the environments of a model share. */
export interface Surroundings {
  readonly time: VirtualTime
  readonly random: () => number
  readonly table: Table
  readonly clock: Clock
}

export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  /** Seconds; undefined unless the answer is 503. */
  readonly retryAfterSeconds: number | undefined
  /** From the caller's point of view. */
  readonly ms: number
}

/** One Lambda environment of each function: the real handlers, with a separate memory. It works on one call at a time. */
export class Environment {
  private readonly surroundings: Surroundings
  private readonly handlers: ReadonlyMap<string, (event: HttpEvent) => Promise<HttpResponse>>

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings
    const { table, clock } = surroundings
    // All environments share one client of the table, because the model never lets it wait.
    const deps = teamDepsOn(table, { tableName: table.tableName, payments: 'sandbox', stage: 'bench' }, clock)
    const all = [authorizeUsage, captureAuthorization, settleUsage, recordUsage, purchaseTokens]
    const made = all.map((make) => make(deps))
    this.handlers = new Map(made.map((handler) => [handler.route.operationId, handler]))
  }

  /** Calls an operation through the gateway, as a caller with every scope. */
  async call(operationId: string, params: Record<string, string>, body: unknown): Promise<Answer> {
    const { time, random } = this.surroundings
    const handler = this.handlers.get(operationId)
    if (handler === undefined) throw new Error(`no handler of ${operationId}`)
    const startedAt = time.now()
    const aroundMs = draw(callLatency, random)
    await time.sleep(aroundMs / 2)
    const claims = { ...everyScope, team: params.teamId ?? 'none' }
    const response = await handler(event(operationId, { params, body, claims }))
    await time.sleep(aroundMs / 2)
    const retryAfter = response.headers['retry-after']
    return {
      status: response.statusCode,
      body: JSON.parse(response.body || '{}'),
      retryAfterSeconds: retryAfter === undefined ? undefined : Number(retryAfter),
      ms: time.now() - startedAt,
    }
  }
}
