import { join } from 'node:path'
import * as v from 'valibot'
import { readJson, writeJson } from '../../audit/data-folder/json-file.ts'

const Saved = v.object({ now: v.number() })

/** Value of the shared cell while the clock is not set and shows real time. */
export const realTime = -1n

/**
 * The test clock. It shows real time until it is first set. Then it stops, and changes only when it is moved.
 */
export interface TestClock {
  /** A 64-bit cell that the workers read: epoch milliseconds, or -1 for real time. */
  readonly cell: SharedArrayBuffer
  /** Epoch milliseconds. */
  now(): number
  isStanding(): boolean
  /**
   * Moves the clock to `now` (epoch milliseconds) and stores it in the data folder. Returns false, and does
   * not move, when `now` is earlier.
   */
  moveTo(now: number): boolean
  /**
   * Shows `now` without storing it, also backwards, while the sample data is loaded. Without `now`, shows the
   * stored time again.
   */
  show(now?: number): void
}

/**
 * Opens the clock of a data folder. `start` (epoch milliseconds) applies only if no clock is stored and
 * `isFresh` is true.
 */
export function openClock(dataDir: string, isFresh: boolean, start?: number): TestClock {
  const file = join(dataDir, 'clock.json')
  const cell = new SharedArrayBuffer(8)
  const shared = new BigInt64Array(cell)
  const saved = readJson(file)
  let kept = saved === undefined ? undefined : v.parse(Saved, saved).now
  if (kept === undefined && isFresh && start !== undefined) {
    kept = start
    writeJson(file, { now: kept })
  }
  const show = (now: number | undefined = kept) => {
    Atomics.store(shared, 0, now === undefined ? realTime : BigInt(now))
  }
  const now = () => {
    const shown = Atomics.load(shared, 0)
    return shown === realTime ? Date.now() : Number(shown)
  }
  show()
  return {
    cell,
    now,
    show,
    isStanding: () => Atomics.load(shared, 0) !== realTime,
    moveTo(instant) {
      if (instant < now()) return false
      kept = instant
      writeJson(file, { now: kept })
      show()
      return true
    },
  }
}
