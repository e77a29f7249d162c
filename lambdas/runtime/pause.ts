/** Waits for some milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Waits for a random time, up to `longestMs`, so that the losers of one race do not meet in the next. */
export function jitteredPause(longestMs: number): Promise<void> {
  return pause(Math.random() * longestMs)
}

/** A random whole number of seconds, from 1 to `most`, so that callers do not come back together. */
export function randomSeconds(most: number): number {
  return 1 + Math.floor(Math.random() * Math.floor(most))
}
