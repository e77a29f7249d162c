import type { Environment, Received } from '../environment.ts'
import { backoffMs, retryAfterMs } from '../transport/backoff.ts'

/** Decides when the recorder may send its next request. */
export class SendPace {
  readonly #environment: Environment
  #failures = 0
  #notBefore = 0

  constructor(environment: Environment) {
    this.#environment = environment
  }

  /** Milliseconds that are left of a pause. */
  get pauseMs(): number {
    return Math.max(0, this.#notBefore - this.#environment.elapsed())
  }

  /** A definite answer ends the pauses. */
  succeed(): void {
    this.#failures = 0
    this.#notBefore = 0
  }

  /** Pauses longer after each failure in a row, and at least as long as the server asks. */
  fail(received: Received | undefined): void {
    this.#failures += 1
    const asked = received === undefined ? 0 : retryAfterMs(received)
    this.wait(Math.max(asked, backoffMs(this.#failures, this.#environment.random)))
  }

  wait(ms: number): void {
    this.#notBefore = this.#environment.elapsed() + ms
  }
}
