import type { Rates } from './pace.ts'

/** The average is over this time, or over all of a shorter one. */
const averageSeconds = 60
/** A rate of a shorter time says too little. */
const secondsMin = 0.05
/** Share of a falling rate that is left after a second. A rising rate counts at once. */
const fallingShare = 0.7

/** Measures how fast a total grows. */
export interface RateMeter {
  /** Takes the total at an instant in milliseconds; to be called about once a second. */
  readonly read: (total: number, now: number) => void
  /** Units a second, with those since the last reading. */
  readonly rates: (total: number, now: number) => Rates
}

export function createRateMeter(start: number): RateMeter {
  let before: Rates = { lately: 0, average: 0 }
  let totalBefore = 0
  let readAt = start

  function rates(total: number, now: number, fallen = 1): Rates {
    const seconds = Math.max(secondsMin, (now - readAt) / 1_000)
    const perSecond = (total - totalBefore) / seconds
    const share = Math.min(1, seconds / Math.min(averageSeconds, Math.max(seconds, (now - start) / 1_000)))
    return {
      lately: Math.max(perSecond, before.lately * fallen),
      average: before.average + (perSecond - before.average) * share,
    }
  }

  return {
    read(total, now) {
      before = rates(total, now, fallingShare ** ((now - readAt) / 1_000))
      totalBefore = total
      readAt = now
    },
    rates: (total, now) => rates(total, now),
  }
}
