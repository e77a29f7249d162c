import { type Instant, periodOf, periodStart } from '../time/time.ts'
import type { Version } from './versions.ts'

/** Base units of a meter that one subscription to a product gives in each month. */
export interface IncludedAmount {
  readonly product: string
  readonly meter: string
  readonly perPeriod: number
}

/** Takes effect at `effectiveAt` for the products and meters it names; others keep their amounts. */
export interface IncludedAmounts extends Version {
  readonly products: readonly IncludedAmount[]
}

/**
 * The amount that one subscription to a product gives in the month of `at`, as far as it is in force by then. It begins with the
 * amount in force at the month's start and only grows within the month, because authorizations may count on it.
 */
export function includedAmountAt(
  versions: readonly IncludedAmounts[],
  product: string,
  meter: string,
  at: Instant,
): number {
  const start = periodStart(periodOf(at))
  let amount = 0
  for (const { effectiveAt, products } of versions) {
    if (effectiveAt > at) break
    const row = products.find((other) => other.product === product && other.meter === meter)
    if (row !== undefined) amount = effectiveAt > start ? Math.max(amount, row.perPeriod) : row.perPeriod
  }
  return amount
}

/** The amounts in force at an instant as one version, whichever version each comes from; undefined before the first one. */
export function mergedAmountsAt(
  versions: readonly IncludedAmounts[],
  at: Instant,
): IncludedAmounts | undefined {
  const inForce = versions.filter(({ effectiveAt }) => effectiveAt <= at)
  const newest = inForce.at(-1)
  if (newest === undefined) return undefined
  const rows = inForce.flatMap(({ products }) =>
    products.map((row) => [`${row.product} ${row.meter}`, row] as const),
  )
  return { ...newest, products: [...new Map(rows).values()] }
}
