import type { Account } from '../core/account/account.ts'
import type { Charge, Entry, EntryOf, InvoiceLine } from '../core/journal/entry.ts'
import { type Period, previousPeriod } from '../core/time/time.ts'
import { differences } from './differences.ts'

/**
 * Adds up pay-as-you-go charges by period, from the entries alone. The sums must equal the lines of the
 * period's invoice.
 */
export class InvoiceSums {
  private readonly open = new Map<Period, Map<string, InvoiceLine>>()
  private lastClosed: Period = ''

  /** Starts from an account: with the charges of its two open periods. */
  constructor({ period, meters }: Account) {
    for (const [open, which] of [
      [previousPeriod(period), 'previous'],
      [period, 'current'],
    ] as const) {
      const lines = Object.entries(meters).flatMap(([meter, state]): [string, InvoiceLine][] => {
        const { units, usdCents, lateUnits } = state[which]
        return units === 0 ? [] : [[meter, { meter, units, usdCents, lateUnits }]]
      })
      if (lines.length > 0) this.open.set(open, new Map(lines))
    }
  }

  /** Adds one entry. Returns a problem, or undefined. */
  add(entry: Entry, charges: readonly Charge[]): string[] {
    const isLate = entry.kind === 'usage' && entry.isLate
    const wrong = charges.flatMap((charge) =>
      charge.source === 'pay-as-you-go' ? this.bill(charge, isLate) : [],
    )
    if (entry.kind === 'reversal') this.unbill(entry)
    return entry.kind === 'period-closed' ? [...wrong, ...this.close(entry)] : wrong
  }

  private bill(charge: Extract<Charge, { source: 'pay-as-you-go' }>, isLate: boolean): string[] {
    const { period, meter, units, usdCents } = charge
    const lines = this.open.get(period) ?? new Map<string, InvoiceLine>()
    const line = lines.get(meter) ?? { meter, units: 0, usdCents: 0, lateUnits: 0 }
    const lateUnits = line.lateUnits + (isLate ? units : 0)
    lines.set(meter, { meter, units: line.units + units, usdCents: line.usdCents + usdCents, lateUnits })
    this.open.set(period, lines)
    return period <= this.lastClosed ? [`${meter} is charged in ${period}, whose bill is closed`] : []
  }

  private unbill({ meter, unbilled }: EntryOf<'reversal'>): void {
    for (const { period, units, usdCents, lateUnits } of unbilled) {
      const lines = this.open.get(period)
      const line = lines?.get(meter)
      if (lines === undefined || line === undefined) continue
      const left = { meter, units: line.units - units, usdCents: line.usdCents - usdCents }
      if (left.units === 0) lines.delete(meter)
      else lines.set(meter, { ...left, lateUnits: line.lateUnits - lateUnits })
    }
  }

  private close({ period, lines, usdCents }: EntryOf<'period-closed'>): string[] {
    const charged = [...(this.open.get(period)?.values() ?? [])]
    this.open.delete(period)
    this.lastClosed = period
    const sum = charged.reduce((total, line) => total + line.usdCents, 0)
    const expected = charged.toSorted((a, b) => (a.meter < b.meter ? -1 : 1))
    return [
      ...differences(lines, expected, `/invoice/${period}/lines`),
      ...differences(usdCents, sum, `/invoice/${period}/usdCents`),
    ]
  }
}
