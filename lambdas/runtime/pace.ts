import { stopwatch } from './clock.ts'

const secondMs = 1_000

/**
 * Returns a function that resolves at most `perSecond` times in a second, after a first burst of `burst`. Background work takes
 * a turn before each team, so that it leaves the table's write units to customers.
 */
export function paceOf(perSecond: number, burst: number): () => Promise<void> {
  const elapsed = stopwatch()
  let turns = 0
  return async () => {
    const at = ((turns - burst + 1) * secondMs) / perSecond
    turns += 1
    const waitMs = at - elapsed()
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
  }
}
