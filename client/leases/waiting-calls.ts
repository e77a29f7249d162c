import type { Decision } from '../model.ts'

/** The most calls of one app and meter that wait for an answer at a time. */
const waitingMax = 10_000

interface Waiting {
  readonly quantity: number
  readonly since: number
  readonly resolve: (decision: Decision) => void
}

/** Calls that no lease covers yet, in the order of their arrival. */
export class WaitingCalls {
  #calls: Waiting[] = []
  #first = 0
  /** Base units of all waiting calls. */
  quantity = 0

  get isEmpty(): boolean {
    return this.#first === this.#calls.length
  }

  get isFull(): boolean {
    return this.#calls.length - this.#first >= waitingMax
  }

  /** Base units of the first call; zero where none waits. */
  get firstQuantity(): number {
    return this.#calls[this.#first]?.quantity ?? 0
  }

  /** Base units of the smallest waiting call; zero where none waits. */
  get leastQuantity(): number {
    let least = Number.POSITIVE_INFINITY
    for (let at = this.#first; at < this.#calls.length; at += 1)
      least = Math.min(least, this.#calls[at]?.quantity ?? least)
    return this.isEmpty ? 0 : least
  }

  /** The instant since which the first call waits. */
  get since(): number | undefined {
    return this.#calls[this.#first]?.since
  }

  add(quantity: number, since: number): Promise<Decision> {
    const { promise, resolve } = Promise.withResolvers<Decision>()
    this.#calls.push({ quantity, since, resolve })
    this.quantity += quantity
    return promise
  }

  /** Takes the first call out of the line, with a decision or the promise of one. */
  resolveFirst(decision: Decision | Promise<Decision>): void {
    const call = this.#calls[this.#first]
    if (call === undefined) return
    this.#first += 1
    this.quantity -= call.quantity
    if (this.isEmpty || this.#first > 1_000) {
      this.#calls = this.#calls.slice(this.#first)
      this.#first = 0
    }
    if (decision instanceof Promise) void decision.then(call.resolve)
    else call.resolve(decision)
  }

  /** Ends the wait of the calls of at least some base units. Returns their number. */
  resolveFrom(least: number, decision: Decision): number {
    const calls = this.#calls.slice(this.#first)
    const [answered, others] = [
      calls.filter(({ quantity }) => quantity >= least),
      calls.filter(({ quantity }) => quantity < least),
    ]
    for (const { quantity, resolve } of answered) {
      this.quantity -= quantity
      resolve(decision)
    }
    this.#calls = others
    this.#first = 0
    return answered.length
  }

  resolveAll(decision: (quantity: number) => Decision): void {
    while (!this.isEmpty) this.resolveFirst(decision(this.firstQuantity))
  }
}
