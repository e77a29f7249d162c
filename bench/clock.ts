import type { Clock } from '../lambdas/runtime/clock.ts'

/** A clock that runs at the usual speed from where it was set: the bench's calendar is the same in any month. */
export class BenchClock implements Clock {
  private offset = 0

  constructor(at: string) {
    this.set(at)
  }

  now(): number {
    return Math.floor(this.offset + performance.now())
  }

  /** Sets it to an ISO instant. Accounts only take later ones. */
  set(at: string): void {
    this.offset = Date.parse(at) - performance.now()
  }
}
