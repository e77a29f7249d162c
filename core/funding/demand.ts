import { type Account, type MeterState, meterState } from '../account/account.ts'
import { heldAt } from '../account/holds.ts'
import { type Rate, rateAt, ratesBetween } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import type { Instant } from '../time/time.ts'
import { excessAt, includedLeft } from './included.ts'
import type { Demand } from './money.ts'

/** The quantity that open authorizations hold of one meter beyond included amounts at an instant, and the whole units that it may cost. */
export interface MeterDemand extends Demand {
  readonly meter: string
  /** Base units held that included amounts do not back. */
  readonly quantity: number
}

/** The reserve of the backing rule for each meter held at `at`: whole units, at the dearest rate until its holds end. */
export function reservedDemands(account: Account, at: Instant, { now, catalog }: Context): MeterDemand[] {
  return heldMeters(account, at, { now, catalog }).map(({ meter, state, quantity }) => {
    const rates = ratesBetween(catalog, meter, now, lastEnd(state) ?? now)
    return { meter, quantity, ...dearestDemand(rates, quantity, state.remainder) }
  })
}

/**
 * The units that open authorizations can really still complete at `at` if nothing else is used, at today's rate. They are
 * fewer than the reserved ones after a capture has completed a unit with an older remainder.
 */
export function completableDemands(account: Account, at: Instant, { now, catalog }: Context): MeterDemand[] {
  return heldMeters(account, at, { now, catalog }).flatMap(({ meter, state, quantity, included }) => {
    const rate = rateAt(catalog, meter, now)
    if (rate === undefined) return []
    const { unitSize, milliTokensPerUnit, usdCentsPerUnit } = rate
    const reserved = Math.ceil(quantity / unitSize)
    const possible = Math.floor(
      (state.remainder + excessAt(state.paid, included, { now, at: now })) / unitSize,
    )
    return [{ meter, quantity, units: Math.min(reserved, possible), milliTokensPerUnit, usdCentsPerUnit }]
  })
}

/**
 * Whole units that `quantity` base units may complete at worst, at the dearest of some rates. The dearest price in tokens and
 * the dearest in money may come from different rates; each of the units may complete under any of the rates.
 */
export function dearestDemand(rates: readonly Rate[], quantity: number, remainder: number): Demand {
  let dearest: Demand = { units: 0, milliTokensPerUnit: 0, usdCentsPerUnit: 0 }
  let usdCents = 0
  for (const { unitSize, milliTokensPerUnit, usdCentsPerUnit } of rates) {
    // A remainder of a whole unit or more is left only by a card that made the unit smaller.
    const units = Math.ceil(quantity / unitSize) + Math.floor(remainder / unitSize)
    usdCents = Math.max(usdCents, units * usdCentsPerUnit)
    const isDearer = units * milliTokensPerUnit > dearest.units * dearest.milliTokensPerUnit
    if (isDearer || dearest.units === 0) dearest = { units, milliTokensPerUnit, usdCentsPerUnit }
  }
  if (dearest.units === 0) return dearest
  const usdCentsPerUnit = Math.ceil(usdCents / dearest.units)
  const refusable = dearestRefusable(rates)
  return { ...dearest, usdCentsPerUnit, ...(refusable !== undefined && { refusableMilliTokens: refusable }) }
}

/** The dearest unit of differing rates, in thousandths of tokens; infinite where units differ in size; else undefined. */
function dearestRefusable([first, ...others]: readonly Rate[]): number | undefined {
  if (first === undefined) return undefined
  if (others.some((rate) => rate.unitSize !== first.unitSize)) return Number.POSITIVE_INFINITY
  const isSame = others.every(
    ({ milliTokensPerUnit, usdCentsPerUnit }) =>
      milliTokensPerUnit === first.milliTokensPerUnit && usdCentsPerUnit === first.usdCentsPerUnit,
  )
  if (isSame) return undefined
  return Math.max(first.milliTokensPerUnit, ...others.map((rate) => rate.milliTokensPerUnit))
}

/** Whole units that the meter's remainder and a further quantity fill, and the base units that are left over. */
export function completeUnits(
  account: Account,
  { meter, unitSize }: Pick<Rate, 'meter' | 'unitSize'>,
  quantity: number,
): { readonly units: number; readonly remainder: number } {
  const total = meterState(account, meter).remainder + quantity
  return { units: Math.floor(total / unitSize), remainder: total % unitSize }
}

/** The instant at which the last open authorization of a paid plan ends; undefined when none is open. */
export function lastHoldEnd(account: Account): Instant | undefined {
  const ends = Object.values(account.meters).flatMap((state) => lastEnd(state) ?? [])
  return ends.length > 0 ? Math.max(...ends) : undefined
}

function lastEnd({ paid }: MeterState): Instant | undefined {
  return paid.at(-1)?.expiresAt
}

/** The meters on which open authorizations of a paid plan hold more than included amounts back. */
function heldMeters(account: Account, at: Instant, context: Context) {
  return Object.entries(account.meters).flatMap(([meter, state]) => {
    if (heldAt(state.paid, at) === 0) return []
    const included = includedLeft(account, meter, context)
    const quantity = excessAt(state.paid, included, { now: context.now, at })
    return quantity > 0 ? [{ meter, state, quantity, included }] : []
  })
}
