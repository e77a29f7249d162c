import { type Lease, leftOf } from './lease.ts'

/** The leases of one app and meter: the one that is spent, the one after it, and those that await their last report. */
export class Stock {
  #current?: Lease
  #next?: Lease
  readonly #closing = new Set<Lease>()
  /** Base units that were given back after their report: the next calls use them. */
  credit = 0

  get current(): Lease | undefined {
    return this.#current
  }

  get hasNext(): boolean {
    return this.#next !== undefined
  }

  get isEmpty(): boolean {
    return this.#current === undefined && this.#next === undefined && this.#closing.size === 0
  }

  /** The leases that are open for calls. */
  get open(): readonly Lease[] {
    return [this.#current, this.#next].filter((lease) => lease !== undefined)
  }

  /** The leases that await their last report. */
  get closing(): ReadonlySet<Lease> {
    return this.#closing
  }

  get left(): number {
    return this.open.reduce((sum, lease) => sum + leftOf(lease), this.credit)
  }

  get isHalfUsed(): boolean {
    return this.#current !== undefined && leftOf(this.#current) * 2 <= this.#current.granted
  }

  add(lease: Lease): void {
    if (this.#current === undefined) this.#current = lease
    else if (this.#next === undefined) this.#next = lease
    else this.#closing.add(lease)
  }

  /** The last report of a lease has its answer. */
  remove(lease: Lease): void {
    this.#closing.delete(lease)
    if (this.#next === lease) this.#next = undefined
    if (this.#current === lease) this.#promote()
  }

  /** Spends a quantity that is left, from several leases if need be. Returns the leases that it changed. */
  spend(quantity: number): readonly Lease[] {
    const credit = Math.min(this.credit, quantity)
    this.credit -= credit
    const changed: Lease[] = []
    let missing = quantity - credit
    while (missing > 0 && this.#current !== undefined) {
      const lease = this.#current
      const part = Math.min(missing, leftOf(lease))
      lease.spent += part
      missing -= part
      changed.push(lease)
      if (leftOf(lease) === 0) this.#putAsideCurrent()
    }
    return changed
  }

  /** Takes spent units back where no report has them yet. Returns the leases that it changed; the rest becomes credit. */
  giveBack(quantity: number): readonly Lease[] {
    const changed: Lease[] = []
    let missing = quantity
    for (const lease of [...this.open, ...this.#closing]) {
      const part = Math.min(missing, lease.spent - lease.reported)
      if (part <= 0) continue
      lease.spent -= part
      missing -= part
      changed.push(lease)
    }
    this.credit += missing
    return changed
  }

  /** Puts the leases aside whose time is over. */
  putAsideOver(now: number): void {
    const next = this.#next
    if (next !== undefined && now >= next.usableUntil) {
      this.#closing.add(next)
      this.#next = undefined
    }
    if (this.#current !== undefined && now >= this.#current.usableUntil) this.#putAsideCurrent()
  }

  putAsideAll(): void {
    for (const lease of this.open) this.#closing.add(lease)
    this.#current = undefined
    this.#next = undefined
  }

  #putAsideCurrent(): void {
    if (this.#current !== undefined) this.#closing.add(this.#current)
    this.#promote()
  }

  #promote(): void {
    this.#current = this.#next
    this.#next = undefined
  }
}
