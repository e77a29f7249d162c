import { type Account, meterState } from '../core/account/account.ts'
import { beyondIncluded } from '../core/account/usage.ts'
import type { Charge, Entry, EntryOf } from '../core/journal/entry.ts'

interface MeterSums {
  /** Paid usage that does not fill a charged unit yet, in base units. */
  remainder: number
  /** Completed units that are still unpaid. */
  unpaid: number
}

/**
 * Checks, from the entries alone: charged units × unit size + remainder = paid usage. Also adds up the
 * unsettled shortfall.
 */
export class UnitSums {
  private readonly meters = new Map<string, MeterSums>()

  /** Starts from the meters of an account. */
  constructor({ meters, shortfall }: Account) {
    for (const [meter, { remainder }] of Object.entries(meters)) this.sums(meter).remainder = remainder
    for (const { meter, units } of shortfall) this.sums(meter).unpaid += units
  }

  add(entry: Entry, charges: readonly Charge[]): void {
    if (entry.kind === 'reversal') this.takeBack(entry)
    if (entry.kind === 'usage' || entry.kind === 'capture') {
      const { meter, funding, unitSize = 0 } = entry.usage
      if (funding !== 'paid') return
      const sums = this.sums(meter)
      for (const { source, units } of charges) {
        sums.remainder -= units * unitSize
        if (source === 'shortfall') sums.unpaid += units
      }
      sums.remainder += beyondIncluded(entry.usage)
    } else for (const { meter, units } of charges) this.sums(meter).unpaid -= units
  }

  private takeBack({ uses, shortfall }: EntryOf<'reversal'>): void {
    for (const { usage } of uses) {
      if (usage.funding !== 'paid') continue
      const units = usage.charges.reduce((sum, charge) => sum + charge.units, 0)
      this.sums(usage.meter).remainder -= beyondIncluded(usage) - units * (usage.unitSize ?? 0)
    }
    for (const { meter, units } of shortfall) this.sums(meter).unpaid -= units
  }

  check(account: Account): string[] {
    const owing = account.shortfall.map((row) => row.meter)
    const meters = new Set([...Object.keys(account.meters), ...owing, ...this.meters.keys()])
    return [...meters].flatMap((meter) => {
      const { remainder, unpaid } = this.sums(meter)
      const has = meterState(account, meter).remainder
      const owed = account.shortfall.reduce((sum, row) => (row.meter === meter ? sum + row.units : sum), 0)
      return [
        ...(has === remainder
          ? []
          : [`${meter}: remainder is ${has}; paid usage - charged units is ${remainder}`]),
        ...(owed === unpaid ? [] : [`${meter}: shortfall is ${owed} units; unpaid - settled is ${unpaid}`]),
      ]
    })
  }

  private sums(meter: string): MeterSums {
    const found = this.meters.get(meter) ?? { remainder: 0, unpaid: 0 }
    this.meters.set(meter, found)
    return found
  }
}
