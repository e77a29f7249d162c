import { isPassing, retryAfterOf } from './problem.ts'

const retriesMax = 3
const firstPauseMilliseconds = 500
const longestPauseMilliseconds = 8_000

/** True if a read is repeated after this number of failures. */
export function isRepeated(failures: number, error: unknown): boolean {
  return failures < retriesMax && isPassing(error)
}

/** Milliseconds until a read is repeated: longer each time, and as long as the service has asked to wait. */
export function retryDelayOf(failures: number, error: unknown): number {
  const pause = Math.min(firstPauseMilliseconds * 2 ** failures, longestPauseMilliseconds)
  return Math.max(pause, retryAfterOf(error) ?? 0)
}
