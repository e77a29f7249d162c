import type { Row, RowSource } from './row.ts'

/** Refused calls of a team are asked for again at most this often. */
export const askAgainMs = 1_000

/** The rows of one team. One request of a team is on its way at a time, so that the next one takes all that came meanwhile. */
export class Team {
  readonly key: string
  /** Sources that have rows to send. */
  readonly #sources = new Set<RowSource>()
  /** Rows without a definite answer, to be repeated first. */
  #unanswered: Row[] = []
  isBusy = false
  /** Number of holders that draw on the team. */
  holders = 0
  /** Monotonic instant before which nothing is sent. */
  notBefore = 0
  /** Failed tries in a row. */
  failures = 0
  /** Monotonic instant from which refused calls may be asked for again. */
  askAgainAt = 0
  /** Sources whose calls are refused, and which had such a call since they asked. */
  readonly refused = new Set<RefusedSource>()

  constructor(key: string) {
    this.key = key
  }

  add(source: RowSource): void {
    this.#sources.add(source)
  }

  repeat(row: Row): void {
    if (row.isAbandoned?.() !== true) this.#unanswered.push(row)
  }

  get hasWork(): boolean {
    return this.#sources.size > 0 || this.#unanswered.length > 0
  }

  /** True if a new team with the same key would behave the same. */
  isIdle(now: number): boolean {
    const isWaiting = now < this.notBefore || now < this.askAgainAt
    return !this.isBusy && !this.hasWork && !isWaiting && this.holders === 0
  }

  /** The rows to send, at most `max`; what does not fit stays. */
  takeRows(max: number): readonly Row[] {
    const waiting = this.#unanswered.filter((row) => row.isAbandoned?.() !== true)
    const rows = waiting.slice(0, max)
    this.#unanswered = waiting.slice(max)
    for (const source of this.#sources) {
      if (rows.length >= max) break
      const some = source.takeRows(max - rows.length)
      rows.push(...some)
      // A source that filled the room may have more.
      if (rows.length < max) this.#sources.delete(source)
    }
    return rows
  }

  /** Asks again for all sources that had refused calls, if the last time is long enough ago. They share one request. */
  askAgain(now: number): void {
    if (now < this.askAgainAt) return
    this.askAgainAt = now + askAgainMs
    const sources = [...this.refused]
    this.refused.clear()
    for (const source of sources) source.askAgain()
  }
}

export interface RefusedSource {
  askAgain(): void
}
