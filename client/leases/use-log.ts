import type { Allowed } from '../model.ts'
import type { LeaseLog } from '../spool-model.ts'
import type { Lease } from './lease.ts'

/** Stores the use of leases before their callers are answered. Without a spool, nothing is stored and callers do not wait. */
export interface UseLog {
  /** Stores the id of a lease that is about to be requested. Returns its place. */
  readonly open: (authorizationId: string) => number | undefined
  /** The answer for calls that a lease covers. All calls of a turn of the event loop share one write. */
  readonly answer: (lease: Lease) => Promise<Allowed>
  /** Stores the use of a lease that changed without a call to answer. */
  readonly store: (lease: Lease) => void
  /** Frees the place of a lease. */
  readonly close: (place: number | undefined) => void
}

export function createUseLog(log: LeaseLog | undefined): UseLog {
  const answers = new Map<Lease, PromiseWithResolvers<Allowed>>()

  function store({ place, spent }: Lease): void {
    if (place !== undefined) log?.write(place, spent)
  }

  function write(): void {
    const written = [...answers]
    answers.clear()
    for (const [lease, { resolve }] of written) {
      store(lease)
      resolve(lease.decision)
    }
  }

  return {
    open: (authorizationId) => log?.open(authorizationId),
    answer(lease) {
      if (lease.place === undefined) return lease.answer
      if (answers.size === 0) queueMicrotask(write)
      const answer = answers.get(lease) ?? Promise.withResolvers<Allowed>()
      answers.set(lease, answer)
      return answer.promise
    },
    store,
    close(place) {
      if (place !== undefined) log?.close(place)
    },
  }
}
