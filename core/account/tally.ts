import { assertAmount } from '../assert.ts'
import type { Tally, UnitsAtPrice } from './account.ts'
import { pricesMax } from './bounds.ts'

/** Pay-as-you-go units that a charge adds to a month, or that a reversal takes off it; each has the same price. */
export interface PricedUnits {
  readonly units: number
  readonly usdCents: number
  readonly lateUnits: number
}

/** Adds units at one price. */
export function addUnits(tally: Tally, added: PricedUnits): Tally {
  if (added.units === 0) return tally
  const price = added.usdCents / added.units
  const before = pricesOf(tally)
  const isKnown = before.some(({ usdCentsPerUnit }) => usdCentsPerUnit === price)
  const empty: UnitsAtPrice = { usdCentsPerUnit: price, units: 0, lateUnits: 0 }
  const rows = isKnown || before.length >= pricesMax ? before : [...before, empty]
  const prices = rows.map((row) =>
    row.usdCentsPerUnit === price
      ? { ...row, units: row.units + added.units, lateUnits: row.lateUnits + added.lateUnits }
      : row,
  )
  return withPrices(tally, prices, added)
}

/** Takes units at one price off. Where too few are counted at the price, the others are among the uncounted ones. */
export function takeUnits(tally: Tally, taken: PricedUnits): Tally {
  if (taken.units === 0) return tally
  const price = taken.usdCents / taken.units
  const prices = pricesOf(tally).flatMap((row) => {
    if (row.usdCentsPerUnit !== price) return [row]
    const units = Math.max(0, row.units - taken.units)
    return units === 0 ? [] : [{ ...row, units, lateUnits: Math.max(0, row.lateUnits - taken.lateUnits) }]
  })
  const { units, usdCents, lateUnits } = taken
  return withPrices(tally, prices, { units: -units, usdCents: -usdCents, lateUnits: -lateUnits })
}

/** The units by price. Units that are missing in the sum of the rows have several other prices. */
export function pricesOf({ prices, units, usdCents, lateUnits }: Tally): readonly UnitsAtPrice[] {
  if (prices !== undefined) return prices
  return units === 0 ? [] : [{ usdCentsPerUnit: usdCents / units, units, lateUnits }]
}

/** The tally with changed sums. The rows disappear where one price is left. */
function withPrices(
  { prices: _, ...before }: Tally,
  prices: readonly UnitsAtPrice[],
  change: PricedUnits,
): Tally {
  const tally: Tally = {
    ...before,
    units: before.units + change.units,
    usdCents: before.usdCents + change.usdCents,
    lateUnits: before.lateUnits + change.lateUnits,
  }
  assertAmount(tally.usdCents, 'bill of a meter')
  const counted = prices.reduce((sum, row) => sum + row.units, 0)
  const isOnePrice = prices.length <= 1 && counted === tally.units
  return isOnePrice ? tally : { ...tally, prices }
}
