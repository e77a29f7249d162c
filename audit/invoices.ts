import type { Account } from '../core/account/account.ts'
import { byMeterAndPrice, linesOf } from '../core/invoice/invoice.ts'
import type { Charge, Entry, EntryOf, InvoiceLine } from '../core/journal/entry.ts'
import { type Period, previousPeriod } from '../core/time/time.ts'
import { differences } from './differences.ts'

/**
 * Adds up pay-as-you-go charges by period, meter and price, from the entries alone. The sums must equal the
 * lines of the period's invoice.
 */
export class InvoiceSums {
  private readonly open = new Map<Period, Map<string, InvoiceLine>>()
  private lastClosed: Period = ''

  /** Starts from an account: with the charges of its two open periods. */
  constructor({ period, meters }: Account) {
    for (const [open, which] of [
      [previousPeriod(period), 'previous'],
      [period, 'current'],
    ] as const)
      for (const [meter, state] of Object.entries(meters))
        for (const line of linesOf(meter, state[which])) this.count(open, line)
  }

  /** Adds one entry. Returns the problems that it shows. */
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
    const unitPriceUsdCents = usdCents / units
    this.count(period, { meter, units, unitPriceUsdCents, usdCents, lateUnits: isLate ? units : 0 })
    return period <= this.lastClosed ? [`${meter} is charged in ${period}, whose bill is closed`] : []
  }

  private unbill({ meter, unbilled }: EntryOf<'reversal'>): void {
    for (const { period, units, usdCents, lateUnits } of unbilled) {
      const taken = { meter, units: -units, usdCents: -usdCents, lateUnits: -lateUnits }
      this.count(period, { ...taken, unitPriceUsdCents: usdCents / units })
    }
  }

  /** Adds units to the line of their meter and price, or takes negative ones off it. */
  private count(period: Period, line: InvoiceLine): void {
    const lines = this.open.get(period) ?? new Map<string, InvoiceLine>()
    const key = `${line.meter} ${line.unitPriceUsdCents}`
    const sum = addLine(lines.get(key), line)
    if (sum.units === 0) lines.delete(key)
    else lines.set(key, sum)
    this.open.set(period, lines)
  }

  private close({ period, lines, usdCents }: EntryOf<'period-closed'>): string[] {
    const charged = [...(this.open.get(period)?.values() ?? [])].toSorted(byMeterAndPrice)
    this.open.delete(period)
    this.lastClosed = period
    const sum = charged.reduce((total, line) => total + line.usdCents, 0)
    const unpriced = [...lines, ...charged].filter((line) => line.unitPriceUsdCents === undefined)
    const meters = new Set(unpriced.map(({ meter }) => meter))
    return [
      ...differences(joinPrices(lines, meters), joinPrices(charged, meters), `/invoice/${period}/lines`),
      ...differences(usdCents, sum, `/invoice/${period}/usdCents`),
    ]
  }
}

/** The lines with one line for each of some meters: these have more prices than a month counts separately. */
function joinPrices(lines: readonly InvoiceLine[], meters: ReadonlySet<string>): readonly InvoiceLine[] {
  const joined = new Map<string, InvoiceLine>()
  for (const line of lines) {
    if (!meters.has(line.meter)) joined.set(`${line.meter} ${line.unitPriceUsdCents}`, line)
    else joined.set(line.meter, addLine(joined.get(line.meter), { ...line, unitPriceUsdCents: undefined }))
  }
  return [...joined.values()]
}

function addLine(sum: InvoiceLine | undefined, line: InvoiceLine): InvoiceLine {
  if (sum === undefined) return line
  return {
    ...sum,
    units: sum.units + line.units,
    usdCents: sum.usdCents + line.usdCents,
    lateUnits: sum.lateUnits + line.lateUnits,
  }
}
