import { join } from 'node:path'
import * as v from 'valibot'
import { readJson, writeJson } from '../../audit/data-folder/json-file.ts'

const Saved = v.object({ now: v.number() })

/** In the shared cell: nobody has set the clock, it shows real time. */
export const realTime = -1n

/** The test clock. It shows real time until it is first set, and then stands still unless moved. */
export interface TestClock {
  /** One 64-bit cell, read by the workers: epoch milliseconds, or -1 for real time. */
  readonly cell: SharedArrayBuffer
  /** Epoch milliseconds. */
  now(): number
  isStanding(): boolean
  /** Moves it to `now` (epoch milliseconds) and keeps that in the data folder. False, and unmoved: `now` is earlier. */
  moveTo(now: number): boolean
  /** Shows `now` without keeping it, backwards too: for loading the sample data. Absent: what is kept. */
  show(now?: number): void
}

/** The clock of a data folder. `start` (epoch milliseconds) counts only where no clock is kept and `isFresh`. */
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
