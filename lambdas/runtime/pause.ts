/** Waits for a while chosen by chance, up to `longestMs`, so that those who lost one race do not meet in the next. */
export function jitteredPause(longestMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * longestMs))
}
