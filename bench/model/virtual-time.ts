import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { type Timer, withVirtualGlobals } from './virtual-globals.ts'

/**
 * A clock that moves from timer to timer, in milliseconds from 0. It does not move while promises settle and while
 * real work (`real`) is under way, so results do not depend on the speed of the machine. Timers fire one after the other, by
 * instant and then by age, so a run with the same seed is the same run.
 */
export class VirtualTime {
  private instant = 0
  /** Sorted: the next one is first. */
  private readonly timers: Timer[] = []
  private readonly underWay = new Set<Promise<unknown>>()

  /** Milliseconds since the beginning. */
  now(): number {
    return this.instant
  }

  /** Fires after `ms` milliseconds of virtual time. Returns the timer, for `cancel`. */
  schedule(ms: number, fire: () => void): Timer {
    const timer = { at: this.instant + Math.max(0, ms), fire }
    this.timers.splice(this.placeOf(timer.at), 0, timer)
    return timer
  }

  /** Removes a timer; one that has fired is ignored. */
  cancel(timer: Timer): void {
    const index = this.timers.indexOf(timer)
    if (index >= 0) this.timers.splice(index, 1)
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.schedule(ms, resolve))
  }

  /** Does real input or output, such as a request to the engine, in no virtual time. */
  async real<T>(work: () => Promise<T>): Promise<T> {
    const doing = work()
    this.underWay.add(doing)
    try {
      return await doing
    } finally {
      this.underWay.delete(doing)
    }
  }

  /**
   * Runs work in virtual time, with the global timers, `performance.now` and `Math.random` replaced meanwhile. All input
   * and output of the work goes through `real`. Throws when nothing is left that could end the work.
   */
  async run<T>(random: () => number, work: () => Promise<T>): Promise<T> {
    return withVirtualGlobals(this, random, async () => {
      let isDone = false
      const working = work().finally(() => {
        isDone = true
      })
      // A failure is thrown below. Until then it must not count as unhandled.
      working.catch(() => {})
      for (await this.quiet(); !isDone; await this.quiet()) this.fireNext()
      return working
    })
  }

  private fireNext(): void {
    const next = this.timers.shift()
    if (next === undefined) throw new Error('the work waits for something that is not in virtual time')
    this.instant = next.at
    next.fire()
  }

  /** A turn of the event loop begins when all promises that could settle have settled. */
  private async quiet(): Promise<void> {
    do {
      await Promise.allSettled(this.underWay)
      await turnOfTheLoop()
    } while (this.underWay.size > 0)
  }

  /** The place after all timers of the same instant. */
  private placeOf(at: number): number {
    let [low, high] = [0, this.timers.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.timers[middle]?.at ?? 0) <= at) low = middle + 1
      else high = middle
    }
    return low
  }
}
