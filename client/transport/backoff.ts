import type { Received } from '../environment.ts'

const firstMs = 500
const lastMs = 30_000
const retryAfterSecondsMax = 3_600

/** Milliseconds to wait before the next try after some failures in a row: twice as long each time, and half of it random. */
export function backoffMs(failures: number, random: () => number): number {
  const longest = Math.min(lastMs, firstMs * 2 ** Math.min(16, failures - 1))
  return longest * (0.5 + random() / 2)
}

/** Milliseconds of a `Retry-After` in seconds, bounded; zero where there is none. */
export function retryAfterMs(received: Received | undefined): number {
  const seconds = Number(received?.retryAfter) || 0
  return Math.min(retryAfterSecondsMax, Math.max(0, seconds)) * 1_000
}

/** True for the status of an answer that no repeat would change. */
export function isFinal(status: number): boolean {
  return status > 0 && status < 500 && status !== 429
}
