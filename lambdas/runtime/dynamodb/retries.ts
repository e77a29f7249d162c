import { isPassing } from '../../store/passing.ts'
import { jitteredPause } from '../pause.ts'

/** The SDK's own figures for DynamoDB. Pauses are the longest before the second try; they double. */
const triesMax = 3
const pauseMs = 25
const throttledPauseMs = 1_000
const capacityMax = 500
const retryCost = 14
const throttledCost = 5

const throttled: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionInProgressException',
])

/** Repeats what fails for a moment, up to three times in all. */
export class Retries {
  /** The account of retries. A long outage empties it: then nothing is repeated until requests succeed again. */
  private capacity = capacityMax

  /** Returns the first success, or throws the last error. */
  async run<T>(attempt: () => Promise<T>): Promise<T> {
    let cost = 1
    for (let tries = 1; ; tries++) {
      try {
        const result = await attempt()
        this.capacity = Math.min(capacityMax, this.capacity + cost)
        return result
      } catch (error) {
        const isThrottled = error instanceof Error && throttled.has(error.name)
        cost = isThrottled ? throttledCost : retryCost
        if (tries === triesMax || !isRepeated(error) || this.capacity < cost) throw error
        this.capacity -= cost
        await jitteredPause((isThrottled ? throttledPauseMs : pauseMs) * 2 ** (tries - 1))
      }
    }
  }
}

/** A write that has met a transaction is decided again by its store: repeated as it is, it would mostly fail. */
function isRepeated(error: unknown): boolean {
  return isPassing(error) && !(error instanceof Error && error.name === 'TransactionConflictException')
}
