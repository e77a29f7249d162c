import { isFinal } from '../transport/backoff.ts'

/** Pauses between the tries of a report, in milliseconds: about four minutes in all. Each try itself repeats for two seconds. */
const pausesMs = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]

/**
 * Reports the end of an authorization until Tollgate answers. A repeat changes nothing, since the id is the same. Rejects with the
 * last error; at worst the charge is lost when the hold ends.
 */
export async function reportUntilAnswered(
  report: () => Promise<unknown>,
  retries: number = pausesMs.length,
): Promise<void> {
  for (const pause of pausesMs.slice(0, retries)) {
    try {
      await report()
      return
    } catch (error) {
      if (!isPassing(error)) throw error
      await new Promise<void>((resolve) => setTimeout(resolve, pause))
    }
  }
  await report()
}

/** True for an error of the client that a repeat may heal. */
export function isPassing(error: unknown): boolean {
  return !isFinal(statusOf(error))
}

/** The HTTP status of an error of the client, `CallFailed`; 0 where Tollgate did not answer. */
export function statusOf(error: unknown): number {
  const { status = 0 } = error instanceof Error && 'status' in error ? error : {}
  return Number(status)
}
