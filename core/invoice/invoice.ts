import type { Account, Tally } from '../account/account.ts'
import { pricesOf } from '../account/tally.ts'
import type { EntryBodyOf, InvoiceLine } from '../journal/entry.ts'

/** One line per meter and price with pay-as-you-go charges of the period, in order of both; partial units are never billed. */
export function invoiceLines(account: Account, which: 'current' | 'previous'): readonly InvoiceLine[] {
  const lines = Object.entries(account.meters).flatMap(([meter, state]) => linesOf(meter, state[which]))
  return lines.toSorted(byMeterAndPrice)
}

/** One row per meter with pay-as-you-go charges of the period at any price, in order of meter. */
export function meterSums(
  account: Account,
  which: 'current' | 'previous',
): readonly Omit<InvoiceLine, 'unitPriceUsdCents'>[] {
  return Object.entries(account.meters)
    .map(([meter, state]) => ({ meter, ...pickSums(state[which]) }))
    .filter(({ units }) => units > 0)
    .toSorted((a, b) => (a.meter < b.meter ? -1 : 1))
}

function pickSums({ units, usdCents, lateUnits }: Tally) {
  return { units, usdCents, lateUnits }
}

/** The lines of one meter: one for each price, and one for the units whose prices are not counted separately. */
export function linesOf(meter: string, tally: Tally): readonly InvoiceLine[] {
  const priced = pricesOf(tally).map(({ usdCentsPerUnit, units, lateUnits }): InvoiceLine => {
    return { meter, units, unitPriceUsdCents: usdCentsPerUnit, usdCents: units * usdCentsPerUnit, lateUnits }
  })
  const rest = priced.reduce(
    (left, line) => ({
      meter,
      units: left.units - line.units,
      usdCents: left.usdCents - line.usdCents,
      lateUnits: left.lateUnits - line.lateUnits,
    }),
    { meter, ...pickSums(tally) },
  )
  return rest.units > 0 ? [...priced, rest] : priced
}

/** Puts lines in the order of their meters and prices; a line without a price is the last of its meter. */
export function byMeterAndPrice(a: InvoiceLine, b: InvoiceLine): number {
  if (a.meter !== b.meter) return a.meter < b.meter ? -1 : 1
  const { unitPriceUsdCents: last = Number.MAX_VALUE } = b
  return (a.unitPriceUsdCents ?? Number.MAX_VALUE) - last
}

type Bill = Pick<
  EntryBodyOf<'period-closed'>,
  'usdCents' | 'carriedInUsdCents' | 'creditUsdCents' | 'carriedUsdCents'
>

/** US cents that a bill makes due: its lines and what earlier bills carried, less credit and what it carries on. */
export function billedUsdCents({
  usdCents,
  carriedInUsdCents,
  creditUsdCents,
  carriedUsdCents,
}: Bill): number {
  return usdCents + carriedInUsdCents - creditUsdCents - carriedUsdCents
}
