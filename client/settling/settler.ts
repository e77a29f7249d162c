import type { RowResult } from '../answers.ts'
import type { Environment, Received } from '../environment.ts'
import type { ClientProblem } from '../model.ts'
import type { Telemetry } from '../options.ts'
import { backoffMs, isFinal, retryAfterMs } from '../transport/backoff.ts'
import type { ServerClock } from '../transport/server-clock.ts'
import type { Row, RowSource } from './row.ts'
import { createTeam, hasWork, type Team, takeRows } from './team.ts'

/** The most rows of a settlement, by the contract. */
const rowsMax = 100
const requestsMax = 8
/** The longest that one request may take. A busy team is answered within eight seconds. */
const requestTimeoutMs = 10_000
/**
 * The longest wait for a team that is busy with others. Its `Retry-After` spreads any number of callers that know nothing of each
 * other; 64 processes with one request at a time can ask every second, and their calls do not wait longer.
 */
const busyMsMax = 2_000

/** A timer may fire this much before its time. */
const earlyMs = 2

interface SentRow {
  readonly team: Team
  readonly row: Row
}

interface Posted {
  /** Absent where there was no answer. */
  readonly received?: Received
  /** One for each row; none where the request failed. */
  readonly results: readonly RowResult[]
}

export interface SettlerOptions {
  readonly environment: Environment
  readonly clock: ServerClock
  readonly onProblem: (problem: ClientProblem) => void
  readonly telemetry?: Telemetry
}

/** Sends the rows of all teams, many in one request, and repeats each until it has a definite answer. */
export interface Settler {
  /** The team of a key. The same key gives the same team while it is in use. */
  readonly team: (key: string) => Team
  /** Has the rows of a source sent soon, together with all others that wait then. */
  readonly wake: (team: Team, source: RowSource) => void
  /** Sends nothing of a team for some time. */
  readonly pause: (team: Team, ms: number) => void
  /** Tries again now what waits for its next try. */
  readonly hurry: () => void
  /** Forgets the teams that a new one with the same key would replace. */
  readonly forgetIdle: () => void
  /** True while nothing is waiting or on its way. */
  readonly isIdle: () => boolean
}

export function createSettler({ environment, clock, onProblem, telemetry }: SettlerOptions): Settler {
  const { elapsed, after, random } = environment
  const teams = new Map<string, Team>()
  const ready = new Set<Team>()
  let requests = 0
  let isScheduled = false

  function schedule(): void {
    if (isScheduled) return
    isScheduled = true
    // Calls of the same turn are then in the same request.
    queueMicrotask(() => {
      isScheduled = false
      pump()
    })
  }

  function pump(): void {
    for (let batch = takeBatch(); batch.length > 0; batch = takeBatch()) void send(batch)
  }

  function takeBatch(): readonly SentRow[] {
    const batch: SentRow[] = []
    for (const team of ready) {
      if (requests >= requestsMax || batch.length >= rowsMax) break
      if (team.isBusy || elapsed() + earlyMs < team.notBefore) continue
      const rows = takeRows(team, rowsMax - batch.length)
      team.isBusy = rows.length > 0
      if (!hasWork(team)) ready.delete(team)
      batch.push(...rows.map((row) => ({ team, row })))
    }
    return batch
  }

  async function send(batch: readonly SentRow[]): Promise<void> {
    requests += 1
    const sentAt = elapsed()
    const { received, results } = await post(batch)
    requests -= 1
    const { status = 0 } = received ?? {}
    telemetry?.request({ rows: batch.length, status, durationMs: elapsed() - sentAt })
    const times = received && clock.read(received, sentAt)
    const open = batch.filter(({ team, row }, index) => {
      const result = results[index]
      team.isBusy = false
      if (!times || !isDefinite(result)) return true
      team.failures = 0
      row.finish(result, times)
      return false
    })
    for (const [team, rows] of Map.groupBy(open, (sent) => sent.team)) {
      const seconds = Math.max(...rows.map((sent) => results[batch.indexOf(sent)]?.retryAfterSeconds ?? 0))
      team.failures += 1
      team.unanswered = [...rows.map(({ row }) => row), ...team.unanswered]
      const busyMs = Math.min(busyMsMax, seconds * 1_000) * (0.5 + random() / 2)
      const wait = Math.max(retryAfterMs(received), busyMs)
      pause(team, wait || backoffMs(team.failures, random))
    }
    for (const { team } of batch) if (hasWork(team)) ready.add(team)
    schedule()
  }

  function pause(team: Team, ms: number): void {
    team.notBefore = Math.max(team.notBefore, elapsed() + ms)
    after(ms, schedule)
  }

  async function post(batch: readonly SentRow[]): Promise<Posted> {
    try {
      const body = JSON.stringify({ rows: batch.map(({ row }) => row.body) })
      const request = { method: 'POST', path: '/v1/settlements', body, timeoutMs: requestTimeoutMs } as const
      const received = await environment.send(request)
      if (received.status === 200) return { received, results: JSON.parse(received.body).results ?? [] }
      onProblem({ what: 'request', status: received.status, detail: received.body })
      return { received, results: [] }
    } catch (error) {
      onProblem({ what: 'request', status: 0, detail: String(error) })
      return { results: [] }
    }
  }

  return {
    team(key) {
      const team = teams.get(key) ?? createTeam()
      teams.set(key, team)
      return team
    },
    wake(team, source) {
      team.sources.add(source)
      ready.add(team)
      schedule()
    },
    pause,
    hurry() {
      for (const team of ready) team.notBefore = 0
      schedule()
    },
    forgetIdle() {
      for (const [key, team] of teams) {
        const isWaiting = elapsed() < Math.max(team.notBefore, team.askAgainAt)
        if (!team.isBusy && !hasWork(team) && !isWaiting && team.holders === 0) teams.delete(key)
      }
    },
    isIdle: () => ready.size + requests === 0,
  }
}

/** True for a result that no repeat would change. */
function isDefinite(result: RowResult | undefined): result is RowResult {
  return result !== undefined && isFinal(result.status)
}
