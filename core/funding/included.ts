import { type Account, type HoldSum, meterState } from '../account/account.ts'
import { heldAt } from '../account/holds.ts'
import { subscriptionsAt } from '../account/subscriptions.ts'
import { type Catalog, rateAt } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import { includedAmountAt } from '../catalog/included-amounts.ts'
import { type Instant, type Period, periodEnd } from '../time/time.ts'

/*
 * Included amounts are one pool per meter and month. Open authorizations count on it together: first those of a paid plan,
 * since their excess costs money, then those of a free one. Use after the fact gets only what none of them counts on.
 */

/** Base units of a meter that the team's subscriptions leave. */
export interface IncludedLeft {
  /** In the current month. */
  readonly now: number
  /** In the month after it, as far as it is known. */
  readonly next: number
  /** The first instant of the month after it. */
  readonly turnsAt: Instant
}

/** Base units of a meter that the team's subscriptions give in the month of an instant, as of that instant. */
export function includedLimit(account: Account, catalog: Catalog, meter: string, at: Instant): number {
  const products = new Set(account.subscriptions.map(({ product }) => product))
  return [...products].reduce(
    (sum, product) =>
      sum +
      subscriptionsAt(account.subscriptions, product, at) *
        includedAmountAt(catalog.includedAmounts, product, meter, at),
    0,
  )
}

/** A meter's included amount in the current month. `remaining` is what no use has drawn and no open authorization counts on. */
export interface IncludedUse {
  readonly meter: string
  readonly used: number
  readonly limit: number
  readonly remaining: number
}

/** The meters whose use the team's subscriptions include now. */
export function includedUse(account: Account, context: Context): readonly IncludedUse[] {
  if (account.subscriptions.length === 0) return []
  const { now, catalog } = context
  const named = catalog.includedAmounts.flatMap(({ products }) => products.map(({ meter }) => meter))
  return [...new Set(named)].flatMap((meter) => {
    const limit = includedLimit(account, catalog, meter, now)
    if (limit === 0 || rateAt(catalog, meter, now) === undefined) return []
    const used = meterState(account, meter).current.included ?? 0
    return [{ meter, used, limit, remaining: spareIncluded(account, meter, context) }]
  })
}

/** Base units that are left of a meter's included amount for authorizations. */
export function includedLeft(account: Account, meter: string, { now, catalog }: Context): IncludedLeft {
  const turnsAt = periodEnd(account.period)
  if (account.subscriptions.length === 0) return { now: 0, next: 0, turnsAt }
  return {
    now: leftOfPeriod(account, meter, { period: account.period, at: now, catalog }),
    next: includedLimit(account, catalog, meter, turnsAt),
    turnsAt,
  }
}

/**
 * Base units of a meter's holds that included amounts may not back, at an instant from `now` on. Holds that end before it may
 * take the amount first. Holds that cross the month's end may be used on either side of it, so before it the side that gives
 * less counts.
 */
export function excessAt(
  holds: readonly HoldSum[],
  { now: left, next, turnsAt }: IncludedLeft,
  { now, at }: { readonly now: Instant; readonly at: Instant },
): number {
  const later = excessOf(holds, next, { from: turnsAt, at: Math.max(at, turnsAt) })
  return at < turnsAt ? Math.max(later, excessOf(holds, left, { from: now, at })) : later
}

function excessOf(
  holds: readonly HoldSum[],
  amount: number,
  { from, at }: { readonly from: Instant; readonly at: Instant },
): number {
  const held = heldAt(holds, at)
  const leftThen = Math.max(0, amount - (heldAt(holds, from) - held))
  return Math.max(0, held - leftThen)
}

/** Base units of the month's amount that no open authorization counts on. */
export function spareIncluded(account: Account, meter: string, context: Context): number {
  const { now: left } = includedLeft(account, meter, context)
  return spareOf(account, meter, left, context.now)
}

/** Base units of included amounts for the free plan's authorizations: those that paid ones do not count on. */
export function includedForFree(account: Account, meter: string, context: Context): number {
  const { now: left } = includedLeft(account, meter, context)
  return Math.max(0, left - heldAt(meterState(account, meter).paid, context.now))
}

/**
 * Base units that included amounts give to an event at `usedAt` that counts in a month. The open authorizations count on the
 * current month's amount only.
 */
export function includedForEvent(
  account: Account,
  { meter, period, usedAt }: { readonly meter: string; readonly period: Period; readonly usedAt: Instant },
  { now, catalog }: Context,
): number {
  if (account.subscriptions.length === 0) return 0
  const left = leftOfPeriod(account, meter, { period, at: usedAt, catalog })
  return period === account.period ? spareOf(account, meter, left, now) : left
}

function leftOfPeriod(
  account: Account,
  meter: string,
  { period, at, catalog }: { readonly period: Period; readonly at: Instant; readonly catalog: Catalog },
): number {
  const { included = 0 } = meterState(account, meter)[period === account.period ? 'current' : 'previous']
  return Math.max(0, includedLimit(account, catalog, meter, at) - included)
}

function spareOf(account: Account, meter: string, left: number, now: Instant): number {
  const { free, paid } = meterState(account, meter)
  return Math.max(0, left - heldAt(free, now) - heldAt(paid, now))
}
