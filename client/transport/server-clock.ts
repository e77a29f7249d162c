import type { Environment, Received } from '../environment.ts'
import type { Times } from '../settling/row.ts'

/** The server's time, by the `Date` of its latest answer. The machine's clock serves until the first answer. */
export class ServerClock {
  readonly #environment: Environment
  /** Epoch milliseconds at monotonic zero. */
  #offsetMs?: number

  constructor(environment: Environment) {
    this.#environment = environment
  }

  get isKnown(): boolean {
    return this.#offsetMs !== undefined
  }

  /** The time in epoch milliseconds, at most about a second and a request's duration behind the server's. */
  now(): number {
    const { elapsed, wallClock } = this.#environment
    return this.#offsetMs === undefined ? wallClock() : this.#offsetMs + elapsed()
  }

  /** Reads the `Date` of an answer. Returns the times of its request. */
  read({ date }: Received, sentAt: number): Times {
    const receivedAt = this.#environment.elapsed()
    const read = date === undefined ? Number.NaN : Date.parse(date)
    if (Number.isNaN(read)) return { sentAt, receivedAt, serverDate: this.now() }
    this.#offsetMs = read - receivedAt
    return { sentAt, receivedAt, serverDate: read }
  }
}
