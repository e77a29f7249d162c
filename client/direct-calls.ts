import type { Authorization, Capture, Problem, RowResult } from './answers.ts'
import type { Environment } from './environment.ts'
import type { AuthorizeInput } from './model.ts'
import type { Row } from './settling/row.ts'
import type { Settler } from './settling/settler.ts'
import { singleRow } from './settling/single-row.ts'
import type { Team } from './settling/team.ts'
import { backoffMs, retryAfterMs } from './transport/backoff.ts'

/** The most authorizations whose team is remembered, so that their captures travel with the team's other rows. */
const rememberedMax = 10_000

/** The API answered a problem, or nothing in time; then `status` is 0 and a repeat with the same id is safe. */
export class CallFailed extends Error {
  readonly status: number
  readonly problem?: Problem

  constructor(status: number, problem?: Problem) {
    super(
      problem === undefined
        ? 'Tollgate did not answer in time'
        : `${problem.title} ${problem.detail ?? ''}`.trim(),
    )
    this.name = 'CallFailed'
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
export class DirectCalls {
  readonly #options: DirectOptions
  readonly #teams = new Map<string, Team>()

  constructor(options: DirectOptions) {
    this.#options = options
  }

  async authorize(input: AuthorizeInput): Promise<Authorization> {
    const { environment, teamOf } = this.#options
    const { appId, meter, quantity, quantityMin, holdSeconds } = input
    const authorizationId = input.authorizationId ?? environment.newId()
    const body = { kind: 'authorization', authorizationId, appId, meter, quantity, quantityMin, holdSeconds }
    const { authorization } = await this.#ask(teamOf(appId), body)
    if (authorization === undefined) throw new CallFailed(0)
    const team = teamOf(appId, authorization.teamId)
    if (authorization.decision === 'allow') this.#remember(authorizationId, team)
    return authorization
  }

  async capture(authorizationId: string, used: number, isFinal = false): Promise<Capture> {
    const known = this.#teams.get(authorizationId)
    const team = known ?? this.#options.settler.team(`authorization:${authorizationId}`)
    const { capture } = await this.#ask(team, { kind: 'capture', authorizationId, used, final: isFinal })
    if (capture === undefined) throw new CallFailed(0)
    if (capture.status === 'closed') this.#teams.delete(authorizationId)
    return capture
  }

  async void(authorizationId: string): Promise<void> {
    const { environment, timeoutMs } = this.#options
    const endsAt = environment.elapsed() + timeoutMs
    const path = `/v1/authorizations/${encodeURIComponent(authorizationId)}`
    for (let failures = 1; ; failures += 1) {
      const left = endsAt - environment.elapsed()
      const received = await environment
        .send({ method: 'DELETE', path, timeoutMs: left })
        .catch(() => undefined)
      if (received?.status === 204) return void this.#teams.delete(authorizationId)
      if (received !== undefined && received.status < 500 && received.status !== 429)
        throw new CallFailed(received.status, problemOf(received.body))
      const pause = Math.max(retryAfterMs(received ?? {}), backoffMs(failures, environment.random))
      if (environment.elapsed() + pause >= endsAt) throw new CallFailed(0)
      await new Promise<void>((resolve) => environment.after(pause, resolve))
    }
  }

  #remember(authorizationId: string, team: Team): void {
    this.#teams.set(authorizationId, team)
    const [oldest] = this.#teams.keys()
    if (this.#teams.size > rememberedMax && oldest !== undefined) this.#teams.delete(oldest)
  }

  /** Sends a row and waits for its result, at most for the time of a call. */
  #ask(team: Team, body: object): Promise<RowResult> {
    const { environment, settler, timeoutMs } = this.#options
    const { promise, resolve, reject } = Promise.withResolvers<RowResult>()
    let isOver = false
    const cancel = environment.after(timeoutMs, () => {
      isOver = true
      reject(new CallFailed(0))
    })
    const row: Row = {
      body,
      isAbandoned: () => isOver,
      finish(result) {
        cancel()
        isOver = true
        if (result.problem === undefined) resolve(result)
        else reject(new CallFailed(result.status, result.problem))
      },
    }
    settler.wake(team, singleRow(row))
    return promise
  }
}

function problemOf(body: string): Problem | undefined {
  try {
    return JSON.parse(body) as Problem
  } catch {
    return undefined
  }
}
