import { setImmediate as turnOfTheLoop } from 'node:timers/promises'

interface Event {
  readonly at: number
  /** Events of one instant run in the order in which they were made. */
  readonly order: number
  readonly action: () => void
  isCancelled: boolean
}

/**
 * A clock that jumps from event to event, in milliseconds from 0. Promises settle between two events, so a run with the same
 * seed is the same run.
 */
export class VirtualTime {
  private instant = 0
  private count = 0
  /** A binary heap: the next event is first. */
  private readonly heap: Event[] = []

  now(): number {
    return this.instant
  }

  /** Runs an action once, after some milliseconds. Returns a function that cancels it. */
  after(ms: number, action: () => void): () => void {
    this.count += 1
    const event = { at: this.instant + Math.max(0, ms), order: this.count, action, isCancelled: false }
    this.push(event)
    return () => {
      event.isCancelled = true
    }
  }

  /** Runs all events until an instant, which is then the time. */
  async runUntil(end: number): Promise<void> {
    for (;;) {
      // All promises that can settle have settled when a turn of the loop begins.
      await turnOfTheLoop()
      const next = this.heap[0]
      if (next === undefined || next.at > end) break
      this.pop()
      if (next.isCancelled) continue
      this.instant = next.at
      next.action()
    }
    this.instant = end
  }

  private push(event: Event): void {
    const { heap } = this
    let place = heap.length
    while (place > 0) {
      const parent = (place - 1) >> 1
      const above = heap[parent]
      if (above === undefined || isBefore(above, event)) break
      heap[place] = above
      place = parent
    }
    heap[place] = event
  }

  private pop(): void {
    const { heap } = this
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let place = 0
    for (;;) {
      const [left, right] = [heap[2 * place + 1], heap[2 * place + 2]]
      const isRight = left !== undefined && right !== undefined && isBefore(right, left)
      const child = isRight ? right : left
      if (child === undefined || isBefore(last, child)) break
      heap[place] = child
      place = 2 * place + (isRight ? 2 : 1)
    }
    heap[place] = last
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}
