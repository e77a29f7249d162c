import { assert } from '../assert.ts'
import type { Instant } from '../time/time.ts'
import {
  type Campaign,
  type Catalog,
  type PriceList,
  priceListAt,
  type RateCard,
  ratesAt,
} from './catalog.ts'

/** The offer at an instant. */
export interface Offer {
  /** The newest card in force with all rows in force; before the first card, that card. */
  readonly rateCard: RateCard
  /** Later cards as they were published: each names only what it changes. */
  readonly upcoming: readonly RateCard[]
  readonly priceList: PriceList
  /** The campaign whose deadline comes first. */
  readonly campaign?: Campaign
}

/** Gathers the catalog's dated data at an instant. Throws when the catalog has no rate card or no price list. */
export function offerAt(catalog: Catalog, at: Instant): Offer {
  const { rateCards, campaigns } = catalog
  const newest = rateCards.findLast((card) => card.effectiveAt <= at)
  const rateCard = newest === undefined ? rateCards[0] : { ...newest, meters: ratesAt(catalog, at) }
  const priceList = priceListAt(catalog, at)
  assert(rateCard !== undefined && priceList !== undefined, 'the catalog has no rate card or no price list')
  const [campaign] = campaigns.toSorted((a, b) => a.deadlineAt - b.deadlineAt)
  return {
    rateCard,
    upcoming: rateCards.filter((card) => card.effectiveAt > Math.max(at, rateCard.effectiveAt)),
    priceList,
    campaign,
  }
}
