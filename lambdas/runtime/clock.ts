export interface Clock {
  /** Epoch milliseconds. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** Real time on one machine, where `Date` shows the test clock. */
export const realClock: Clock = { now: () => performance.timeOrigin + performance.now() }

/** Milliseconds since the call, by a clock that nobody sets. */
export function stopwatch(): () => number {
  const startedAt = performance.now()
  return () => performance.now() - startedAt
}
