import { type Account, meterState } from '../core/account/account.ts'
import type { Entry, Usage } from '../core/journal/entry.ts'
import type { Period } from '../core/time/time.ts'

/** Adds up the use that included amounts gave, per meter and month, from the entries alone. */
export class IncludedSums {
  private readonly sums = new Map<string, number>()

  /** Starts from the current month of an account; earlier months are not compared. */
  constructor({ meters, period }: Account) {
    for (const [meter, { current }] of Object.entries(meters))
      this.change({ meter, period, quantity: current.included ?? 0 })
  }

  add(entry: Entry): void {
    if (entry.kind === 'usage' || entry.kind === 'capture') this.count(entry.usage, 1)
    if (entry.kind === 'reversal') for (const { usage } of entry.uses) this.count(usage, -1)
  }

  /** Compares the account's current month with the sums. */
  check(account: Account): string[] {
    return Object.keys(account.meters).flatMap((meter) => {
      const counted = this.sums.get(`${account.period} ${meter}`) ?? 0
      const { included = 0 } = meterState(account, meter).current
      return counted === included
        ? []
        : [`${meter}: ${included} base units are included in ${account.period}; its entries have ${counted}`]
    })
  }

  private count({ meter, period, included: quantity = 0 }: Usage, sign: 1 | -1): void {
    this.change({ meter, period, quantity: sign * quantity })
  }

  private change({ meter, period, quantity }: { meter: string; period: Period; quantity: number }): void {
    const key = `${period} ${meter}`
    this.sums.set(key, (this.sums.get(key) ?? 0) + quantity)
  }
}
