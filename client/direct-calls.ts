import type { Problem, RowResult } from './answers.ts'
import type { Environment } from './environment.ts'
import type { Meter } from './model.ts'
import { rowSource } from './settling/row.ts'
import type { Settler } from './settling/settler.ts'
import type { Team } from './settling/team.ts'
import { backoffMs, isFinal, retryAfterMs } from './transport/backoff.ts'

/** The most authorizations whose team is remembered, so that their captures travel with the team's other rows. */
const rememberedMax = 10_000

/** The API answered a problem, or nothing in time; then `status` is 0 and a repeat with the same id is safe. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed'
  readonly status: number
  readonly problem?: Problem

  constructor(status: number, problem?: Problem) {
    super(problem ? `${problem.title} ${problem.detail ?? ''}` : 'no answer in time')
    this.status = status
    this.problem = problem
  }
}

export interface DirectOptions {
  readonly environment: Environment
  readonly settler: Settler
  readonly teamOf: (appId: string, teamId?: string) => Team
  readonly timeoutMs: number
}

/** The calls for single operations. They travel as rows of settlements, except for `void`. */
export function createDirectCalls(options: DirectOptions): Pick<Meter, 'authorize' | 'capture' | 'void'> {
  const { environment, settler, teamOf, timeoutMs } = options
  const teams = new Map<string, Team>()

  function remember(authorizationId: string, team: Team): void {
    teams.set(authorizationId, team)
    const [oldest] = teams.keys()
    if (teams.size > rememberedMax && oldest !== undefined) teams.delete(oldest)
  }

  /** Sends a row and waits for its result, at most for the time of a call. */
  function ask(team: Team, body: object): Promise<RowResult> {
    return new Promise((resolve, reject) => {
      let isOver = false
      const end = () => {
        isOver = true
        reject(new CallFailed(0))
      }
      const cancel = environment.after(timeoutMs, end, true)
      const finish = (result: RowResult) => {
        cancel()
        if (result.problem) reject(new CallFailed(result.status, result.problem))
        else resolve(result)
      }
      settler.wake(team, rowSource({ body, finish, isAbandoned: () => isOver }))
    })
  }

  return {
    async authorize({ authorizationId = environment.newId(), appId, ...asked }) {
      const { meter, quantity, quantityMin, holdSeconds } = asked
      const body = {
        kind: 'authorization',
        authorizationId,
        appId,
        meter,
        quantity,
        quantityMin,
        holdSeconds,
      }
      const { authorization } = await ask(teamOf(appId), body)
      if (!authorization) throw new CallFailed(0)
      if (authorization.decision === 'allow') remember(authorizationId, teamOf(appId, authorization.teamId))
      return authorization
    },

    async capture(authorizationId, used, { isFinal: final = false } = {}) {
      const team = teams.get(authorizationId) ?? settler.team(`authorization:${authorizationId}`)
      const { capture } = await ask(team, { kind: 'capture', authorizationId, used, final })
      if (!capture) throw new CallFailed(0)
      if (capture.status === 'closed') teams.delete(authorizationId)
      return capture
    },

    async void(authorizationId) {
      const path = `/v1/authorizations/${encodeURIComponent(authorizationId)}`
      const endsAt = environment.elapsed() + timeoutMs
      teams.delete(authorizationId)
      for (let failures = 1; ; failures += 1) {
        const received = await environment.send({ method: 'DELETE', path, timeoutMs }).catch(() => undefined)
        const { status = 0, body = '' } = received ?? {}
        if (status === 204) return
        if (isFinal(status)) throw new CallFailed(status, problemOf(body))
        const pause = retryAfterMs(received) || backoffMs(failures, environment.random)
        if (environment.elapsed() + pause >= endsAt) throw new CallFailed(0)
        await new Promise<void>((resolve) => environment.after(pause, resolve, true))
      }
    },
  }
}

/** The problem of an answer; none for the text of a proxy. */
function problemOf(body: string): Problem | undefined {
  return body.startsWith('{') ? JSON.parse(body) : undefined
}
