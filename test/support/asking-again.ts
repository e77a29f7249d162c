import type { Party } from './party.ts'

/** Far more than any caller needs: an authorization is turned away when it loses two races in a row. */
const triesMax = 300

/**
 * Repeats a call with the same ids until the status is not 503, as every caller should. It does not wait for
 * `Retry-After`, because tests want the races. Throws after 300 answers of 503.
 */
export async function untilNotBusy<T extends { readonly status: number }>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < triesMax; tries++) {
    const answer = await ask()
    if (answer.status !== 503) return answer
  }
  throw new Error(`was busy ${triesMax} times`)
}

/** The same instances of handlers, for a caller that retries while they are busy. */
export function patiently(party: Party): Party {
  return { ...party, call: (operationId, sent) => untilNotBusy(() => party.call(operationId, sent)) }
}

/**
 * Repeats work while it fails as Busy, like the service that starts a function. Throws the last Busy after 300
 * tries.
 */
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
