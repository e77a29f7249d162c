import { type Subscription, subscriptionsAt } from '../account/subscriptions.ts'
import { type Catalog, priceListAt, ratesAt } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import { mergedAmountsAt } from '../catalog/included-amounts.ts'
import { versionAt } from '../catalog/versions.ts'
import { dayMs, dayStartOf, type Period, periodEnd, periodStart } from '../time/time.ts'
import type { DayUse } from './history.ts'

/** Base units of a meter. */
export interface MeterUse {
  readonly meter: string
  readonly quantity: number
}

/** The use of a month, day by day: one list for each of its days. */
export interface AssumedMonth {
  readonly period: Period
  readonly days: readonly (readonly MeterUse[])[]
}

/** The use of a past month, on the days on which it was. `rows` are those of the month. */
export function monthOfDays(period: Period, rows: readonly DayUse[]): AssumedMonth {
  const start = periodStart(period)
  const days = Array.from({ length: daysOf(period) }, (): MeterUse[] => [])
  for (const { day, meter, quantity } of rows) {
    if (quantity > 0) days[(dayStartOf(Date.parse(day)) - start) / dayMs]?.push({ meter, quantity })
  }
  return { period, days }
}

/** Quantities of a month, spread evenly over its days. */
export function monthOfQuantities(period: Period, uses: readonly MeterUse[]): AssumedMonth {
  const length = daysOf(period)
  const share = (quantity: number, days: number) => Math.floor((quantity * days) / length)
  const days = Array.from({ length }, (_, index) =>
    uses
      .map(({ meter, quantity }) => {
        return { meter, quantity: share(quantity, index + 1) - share(quantity, index) }
      })
      .filter(({ quantity }) => quantity > 0),
  )
  return { period, days }
}

/** The base units of each meter in the whole month. */
export function sumOfDays({ days }: AssumedMonth): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const { meter, quantity } of days.flat()) sums.set(meter, (sums.get(meter) ?? 0) + quantity)
  return sums
}

function daysOf(period: Period): number {
  return (periodEnd(period) - periodStart(period)) / dayMs
}

/**
 * The catalog as if all that is in force at an instant had always been, and nothing else. There is no campaign in it: it is about
 * prices, so no deadline may refuse anything.
 */
export function catalogOf({ now, catalog }: Context): Catalog {
  const always = <V extends object>(version: V | undefined) =>
    version === undefined ? [] : [{ ...version, effectiveAt: 0 }]
  return {
    ...catalog,
    rateCards: [{ version: '', effectiveAt: 0, meters: ratesAt(catalog, now) }],
    priceLists: always(priceListAt(catalog, now)),
    campaigns: [],
    includedAmounts: always(mergedAmountsAt(catalog.includedAmounts, now)),
    unratedApis: always(versionAt(catalog.unratedApis, now)),
    payAsYouGoCountries: always(versionAt(catalog.payAsYouGoCountries, now)),
  }
}

/** The subscriptions of an instant, as if they had always been there. */
export function subscriptionsOf(rows: readonly Subscription[], now: number): readonly Subscription[] {
  return [...new Set(rows.map(({ product }) => product))]
    .map((product) => ({ product, count: subscriptionsAt(rows, product, now), from: 0 }))
    .filter(({ count }) => count > 0)
}
