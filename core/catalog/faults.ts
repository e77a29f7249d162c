import type { Catalog, PriceList, RateCard, UnratedApis } from './catalog.ts'
import type { IncludedAmounts } from './included-amounts.ts'
import { isRatedFrom } from './names.ts'

/** A part of a version that other catalog data forbid, as a JSON pointer, with the name of the rule. */
export interface VersionFault {
  readonly pointer: string
  readonly message: 'pricedMinimum' | 'ratedName' | 'noRatedMeter'
}

/** Finds what is wrong with a price list: its first step must price the smallest purchase. */
export function priceListFault({ minimumTokens, steps }: PriceList): VersionFault | undefined {
  return (steps[0]?.fromTokens ?? 0) > minimumTokens
    ? { pointer: '/steps/0/fromTokens', message: 'pricedMinimum' }
    : undefined
}

/** Finds an API of a list of unrated ones that a published card rates by then. */
export function unratedFault({ apis, effectiveAt }: UnratedApis, catalog: Catalog): VersionFault | undefined {
  const rated = apis.findIndex((name) => isRatedFrom(catalog, name, effectiveAt))
  return rated < 0 ? undefined : { pointer: `/apis/${rated}`, message: 'ratedName' }
}

/** Finds an included amount of a meter that no card names. */
export function includedFault({ products }: IncludedAmounts, catalog: Catalog): VersionFault | undefined {
  const meters = new Set(catalog.rateCards.flatMap((card: RateCard) => card.meters.map(({ meter }) => meter)))
  const unknown = products.findIndex(({ meter }) => !meters.has(meter))
  return unknown < 0 ? undefined : { pointer: `/products/${unknown}/meter`, message: 'noRatedMeter' }
}
