import type { Party } from './party.ts'

const triesMax = 30

/**
 * Asks under the same ids until the answer is not 503, as every caller should: on a busy machine a race may be lost for
 * longer than a function is patient. Throws after 30 answers of 503.
 */
export async function untilNotBusy<T extends { readonly status: number }>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < triesMax; tries++) {
    const answer = await ask()
    if (answer.status !== 503) return answer
  }
  throw new Error(`was busy ${triesMax} times`)
}

/** The same instances of handlers, for a caller who asks again while they are busy. */
export function patiently(party: Party): Party {
  return { ...party, call: (operationId, sent) => untilNotBusy(() => party.call(operationId, sent)) }
}

/** Does work again while it fails as Busy, as what starts a function does. Throws the last Busy after 30 of them. */
export async function againWhileBusy<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const isBusy = error instanceof Error && error.name === 'Busy'
      if (!isBusy || tries === triesMax) throw error
    }
  }
}
