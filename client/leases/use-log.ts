import type { Allowed, ClientProblem } from '../model.ts'
import type { LeaseLog } from '../spool-model.ts'
import type { Lease } from './lease.ts'

/** Stores the use of leases before their callers are answered. Without a spool, nothing is stored and callers do not wait. */
export class UseLog {
  readonly #log?: LeaseLog
  readonly #onProblem: (problem: ClientProblem) => void
  readonly #answers = new Map<Lease, Answer>()

  constructor(log: LeaseLog | undefined, onProblem: (problem: ClientProblem) => void) {
    this.#log = log
    this.#onProblem = onProblem
  }

  /** Stores the id of a lease that is about to be requested. */
  open(authorizationId: string): number | undefined {
    return this.#try(() => this.#log?.open(authorizationId))
  }

  /** The answer for calls that a lease covers. All calls of a turn of the event loop share one write. */
  answer(lease: Lease): Promise<Allowed> {
    if (this.#log === undefined || lease.place === undefined) return lease.answer
    const known = this.#answers.get(lease)
    if (known !== undefined) return known.promise
    if (this.#answers.size === 0) queueMicrotask(() => this.#write())
    const answer = Promise.withResolvers<Allowed>()
    this.#answers.set(lease, answer)
    return answer.promise
  }

  /** Stores the use of a lease that changed without a call to answer. */
  store(lease: Lease): void {
    const { place, spent } = lease
    if (place !== undefined) this.#try(() => this.#log?.write(place, spent))
  }

  close(place: number | undefined): void {
    if (place !== undefined) this.#try(() => this.#log?.close(place))
  }

  #write(): void {
    const answers = [...this.#answers]
    this.#answers.clear()
    for (const [lease, { resolve }] of answers) {
      this.store(lease)
      resolve(lease.decision)
    }
  }

  /** A spool that fails must not stop calls: the lease still is reported, unless the process dies first. */
  #try<Result>(action: () => Result): Result | undefined {
    try {
      return action()
    } catch (error) {
      this.#onProblem({ what: 'spool', status: 0, detail: String(error) })
      return undefined
    }
  }
}

type Answer = ReturnType<typeof Promise.withResolvers<Allowed>>
