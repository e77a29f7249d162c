/**
 * Thrown when a bounded number of tries was not enough: nothing was done, and the same request may be sent again.
 * It is told apart by its name, and answered with 503 and `Retry-After`.
 */
export class Busy extends Error {
  override readonly name = 'Busy'
  readonly retryAfterSeconds: number

  constructor(retryAfterSeconds = 1) {
    super('busy')
    this.retryAfterSeconds = retryAfterSeconds
  }
}
