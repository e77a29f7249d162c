import type { RowResult } from '../answers.ts'
import type { Environment, Received } from '../environment.ts'
import type { ClientProblem } from '../model.ts'
import { backoffMs, retryAfterMs } from '../transport/backoff.ts'
import type { ServerClock } from '../transport/server-clock.ts'
import type { Row, RowSource } from './row.ts'
import { Team } from './team.ts'

/** The most rows of a settlement, by the contract. */
const rowsMax = 100
const requestsMax = 8
/** The longest that one request may take. A busy team is answered within eight seconds. */
const requestTimeoutMs = 10_000

interface SentRow {
  readonly team: Team
  readonly row: Row
}

export interface SettlerOptions {
  readonly environment: Environment
  readonly clock: ServerClock
  readonly onProblem: (problem: ClientProblem) => void
  /** Takes each request after its end. */
  readonly onRequest: (rows: number, status: number, durationMs: number) => void
}

/** Sends the rows of all teams, many in one request, and repeats each until it has a definite answer. */
export class Settler {
  readonly #options: SettlerOptions
  readonly #teams = new Map<string, Team>()
  readonly #ready = new Set<Team>()
  #requests = 0
  #isScheduled = false
  #wakeAt = Number.POSITIVE_INFINITY
  #cancelWake = (): void => {}

  constructor(options: SettlerOptions) {
    this.#options = options
  }

  /** The team of a key. The same key gives the same team while it is in use. */
  team(key: string): Team {
    const known = this.#teams.get(key)
    if (known !== undefined) return known
    const team = new Team(key)
    this.#teams.set(key, team)
    return team
  }

  /** Forgets the teams that have nothing to send and nothing to wait for. */
  forgetIdle(): void {
    const now = this.#options.environment.elapsed()
    for (const team of this.#teams.values()) if (team.isIdle(now)) this.#teams.delete(team.key)
  }

  /** Has the rows of a source sent soon, together with all others that wait then. */
  wake(team: Team, source: RowSource): void {
    team.add(source)
    this.#ready.add(team)
    this.#schedule()
  }

  /** True while nothing is waiting or on its way. */
  get isIdle(): boolean {
    return this.#ready.size === 0 && this.#requests === 0
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    // Calls of the same turn are then in the same request.
    queueMicrotask(() => {
      this.#isScheduled = false
      this.#pump()
    })
  }

  #pump(): void {
    while (this.#requests < requestsMax) {
      const batch = this.#takeBatch()
      if (batch.length === 0) break
      void this.#send(batch)
    }
    this.#wakeLater()
  }

  #takeBatch(): readonly SentRow[] {
    const now = this.#options.environment.elapsed()
    const batch: SentRow[] = []
    for (const team of this.#ready) {
      if (batch.length >= rowsMax) break
      if (team.isBusy || now < team.notBefore) continue
      const rows = team.takeRows(rowsMax - batch.length)
      if (!team.hasWork) this.#ready.delete(team)
      if (rows.length > 0) team.isBusy = true
      batch.push(...rows.map((row) => ({ team, row })))
    }
    return batch
  }

  /** Sets a timer for the first team that waits for its next try. */
  #wakeLater(): void {
    const { elapsed, after } = this.#options.environment
    const waiting = [...this.#ready].filter((team) => !team.isBusy).map((team) => team.notBefore)
    const at = Math.min(Number.POSITIVE_INFINITY, ...waiting)
    if (at === this.#wakeAt || this.#requests >= requestsMax) return
    this.#cancelWake()
    this.#wakeAt = at
    if (at === Number.POSITIVE_INFINITY) return
    this.#cancelWake = after(Math.max(1, at - elapsed()), () => {
      this.#wakeAt = Number.POSITIVE_INFINITY
      this.#schedule()
    })
  }

  async #send(batch: readonly SentRow[]): Promise<void> {
    const { environment, clock, onRequest } = this.#options
    this.#requests += 1
    const sentAt = environment.elapsed()
    const received = await this.#post(batch)
    onRequest(batch.length, received?.status ?? 0, environment.elapsed() - sentAt)
    this.#requests -= 1
    const times = received === undefined ? undefined : clock.read(received, sentAt)
    const results = received?.status === 200 ? resultsOf(received, batch.length) : undefined
    for (const [index, { team, row }] of batch.entries()) {
      const result = results?.[index]
      if (result !== undefined && times !== undefined && isDefinite(result)) {
        row.finish(result, times)
        team.failures = 0
      } else team.repeat(row)
    }
    for (const team of new Set(batch.map((sent) => sent.team))) {
      const own = batch.flatMap((sent, index) => (sent.team === team ? (results?.[index] ?? 'none') : []))
      this.#free(team, own, received)
    }
    this.#schedule()
  }

  async #post(batch: readonly SentRow[]): Promise<Received | undefined> {
    const { environment, onProblem } = this.#options
    try {
      const received = await environment.send({
        method: 'POST',
        path: '/v1/settlements',
        body: JSON.stringify({ rows: batch.map(({ row }) => row.body) }),
        contentType: 'application/json',
        timeoutMs: requestTimeoutMs,
      })
      if (received.status !== 200)
        onProblem({ what: 'request', status: received.status, detail: received.body })
      return received
    } catch (error) {
      onProblem({ what: 'request', status: 0, detail: String(error) })
      return undefined
    }
  }

  /** Lets a team go on after a request, later if one of its rows failed. */
  #free(team: Team, results: readonly (RowResult | 'none')[], received: Received | undefined): void {
    const { elapsed, random } = this.#options.environment
    team.isBusy = false
    const failed = results.filter((result) => result === 'none' || !isDefinite(result))
    if (failed.length > 0) {
      team.failures += 1
      const asked = failed.map((result) => (result === 'none' ? 0 : (result.retryAfterSeconds ?? 0) * 1_000))
      const wait = Math.max(retryAfterMs(received ?? {}), ...asked)
      team.notBefore = elapsed() + (wait > 0 ? wait : backoffMs(team.failures, random))
    }
    if (team.hasWork) this.#ready.add(team)
  }
}

/** The results of a settlement; undefined where the body is none. */
function resultsOf({ body }: Received, rows: number): readonly RowResult[] | undefined {
  try {
    const { results } = JSON.parse(body) as { readonly results: readonly RowResult[] }
    return results.length === rows ? results : undefined
  } catch {
    return undefined
  }
}

/** True for a result that no repeat would change. */
function isDefinite({ status, capture }: RowResult): boolean {
  const renewed = capture?.renewed
  return isFinal(status) && (renewed === undefined || isFinal(renewed.status))
}

function isFinal(status: number): boolean {
  return status < 500 && status !== 429
}
