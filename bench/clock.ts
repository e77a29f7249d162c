import type { Clock } from '../lambdas/runtime/clock.ts'

/**
 * A clock that starts at a chosen instant and runs at normal speed, so results do not depend on the month of
 * the run.
 */
export class BenchClock implements Clock {
  private offset = 0

  constructor(at: string) {
    this.set(at)
  }

  now(): number {
    return Math.floor(this.offset + performance.now())
  }

  /** Sets the clock to an ISO instant. Accounts reject earlier instants. */
  set(at: string): void {
    this.offset = Date.parse(at) - performance.now()
  }
}
