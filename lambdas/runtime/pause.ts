/** Waits for a random time, up to `longestMs`, so that the losers of one race do not meet in the next. */
export function jitteredPause(longestMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * longestMs))
}
