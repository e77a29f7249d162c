import type { Rates } from './pace.ts'

/** Share of the last second in the average over about a minute. */
const averageShare = 1 / 60
/** Share of a falling rate that is left after a second. A rising rate counts at once. */
const fallingShare = 0.7

/** Measures how fast a total grows. */
export interface RateMeter {
  /** Takes the total at an instant in milliseconds; to be called about once a second. */
  readonly read: (total: number, now: number) => void
  /** Units a second, with what the running second has brought so far. */
  readonly rates: (total: number) => Rates
}

export function createRateMeter(start: number): RateMeter {
  let lately = 0
  let average = 0
  let totalBefore = 0
  let readAt = start
  return {
    read(total, now) {
      const seconds = Math.max(1, (now - readAt) / 1_000)
      const perSecond = (total - totalBefore) / seconds
      lately = Math.max(perSecond, lately * fallingShare ** seconds)
      average += (perSecond - average) * Math.min(1, averageShare * seconds)
      totalBefore = total
      readAt = now
    },
    rates(total) {
      const running = total - totalBefore
      return {
        lately: Math.max(lately, running),
        average: Math.max(average, average + (running - average) * averageShare),
      }
    },
  }
}
