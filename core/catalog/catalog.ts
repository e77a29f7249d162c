import type { Instant } from '../time/time.ts'
import type { IncludedAmounts } from './included-amounts.ts'
import { type Version, versionAt } from './versions.ts'

/** One row of a rate card. Quantities are in base units of the meter; tokens in thousandths; money in US cents. */
export interface Rate {
  readonly meter: string
  readonly api: string
  readonly baseUnit: string
  readonly unitSize: number
  readonly milliTokensPerUnit: number
  readonly usdCentsPerUnit: number
  readonly freePerPeriod: number
  /** True if the row is our own default, because nothing was published. */
  readonly unverified?: boolean
  /**
   * The part that stops when the free amount is used up: this meter, or all meters of its API. A card that leaves it out
   * keeps the value of the meter's earlier row; the first row without it has `meter`. Rows in force always have it.
   */
  readonly freeLimitStops?: FreeLimitStops
  /** The meter has ended: from this card on, only work from before is taken, at the rates of this row. */
  readonly ended?: boolean
}

export type FreeLimitStops = 'meter' | 'api'

/** A row in force, with the value that its card may leave out. */
export interface RateInForce extends Rate {
  readonly freeLimitStops: FreeLimitStops
}

/** Takes effect at `effectiveAt` for the meters it names; other meters keep their rows. */
export interface RateCard extends Version {
  readonly meters: readonly Rate[]
}

/** Price of a whole purchase by its size: the last step whose `fromTokens` is reached (aps-facts, section 2). */
export interface PriceList extends Version {
  readonly minimumTokens: number
  /** True if the steps are our own default, because nothing was published. */
  readonly unverified?: boolean
  readonly steps: readonly { readonly fromTokens: number; readonly unitPriceUsdCents: number }[]
}

/** A place that a campaign leads to: help, an event at an instant, or a contact. */
export interface CampaignLink {
  readonly kind: 'help' | 'event' | 'contact'
  readonly title: { readonly en: string; readonly ja: string }
  readonly url: string
  readonly at?: Instant | undefined
}

/** The move to the new model. `deadlineAt` is the first instant of refusal. */
export interface Campaign {
  readonly campaignId: string
  readonly opensAt: Instant
  readonly deadlineAt: Instant
  readonly remindAt: readonly Instant[]
  /** In the order shown. */
  readonly links?: readonly CampaignLink[]
}

/** The APIs that are not rated. A version replaces the one before it. */
export interface UnratedApis extends Version {
  readonly apis: readonly string[]
}

/** The countries of pay-as-you-go, as ISO 3166 codes. A version replaces the one before it. */
export interface PayAsYouGoCountries extends Version {
  readonly countries: readonly string[]
}

/** All dated data: versions in order of `effectiveAt`. */
export interface Catalog {
  readonly rateCards: readonly RateCard[]
  readonly priceLists: readonly PriceList[]
  readonly campaigns: readonly Campaign[]
  readonly includedAmounts: readonly IncludedAmounts[]
  readonly unratedApis: readonly UnratedApis[]
  readonly payAsYouGoCountries: readonly PayAsYouGoCountries[]
  /** The smallest payment that the processor takes, in US cents; a smaller bill is carried to the next one. */
  readonly minimumBillUsdCents: number
}

/** The meter's row in force at an instant, or undefined before its first card. */
export function rateAt(catalog: Catalog, meter: string, at: Instant): RateInForce | undefined {
  let found: RateInForce | undefined
  for (const card of catalog.rateCards) {
    if (card.effectiveAt > at) break
    const row = rowOf(card, meter)
    if (row !== undefined) found = inForceAfter(found, row)
  }
  return found
}

/** Every row of the meter that is in force at some instant from `from` until before `to`. */
export function ratesBetween(
  catalog: Catalog,
  meter: string,
  from: Instant,
  to: Instant,
): readonly RateInForce[] {
  const first = rateAt(catalog, meter, from)
  const rows = first === undefined ? [] : [first]
  for (const card of catalog.rateCards) {
    const row = card.effectiveAt > from && card.effectiveAt < to ? rowOf(card, meter) : undefined
    if (row !== undefined) rows.push(inForceAfter(rows.at(-1), row))
  }
  return rows
}

/** All rows in force at an instant, without ended meters, in the order in which the cards first name their meters. */
export function ratesAt(catalog: Catalog, at: Instant): readonly RateInForce[] {
  const rows = new Map<string, RateInForce>()
  for (const card of catalog.rateCards) {
    if (card.effectiveAt > at) break
    for (const row of card.meters) rows.set(row.meter, inForceAfter(rows.get(row.meter), row))
  }
  return [...rows.values()].filter(({ ended }) => ended !== true)
}

function rowOf({ meters }: RateCard, meter: string): Rate | undefined {
  return meters.find((row) => row.meter === meter)
}

function inForceAfter(earlier: RateInForce | undefined, row: Rate): RateInForce {
  return { ...row, freeLimitStops: row.freeLimitStops ?? earlier?.freeLimitStops ?? 'meter' }
}

/** The price list in force at an instant; before the first one, the first one, because tokens are sold before the launch. */
export function priceListAt(catalog: Catalog, at: Instant): PriceList | undefined {
  return versionAt(catalog.priceLists, at)
}

/** The price of a purchase of `tokens` in US cents, in all and per token; undefined below the smallest step. */
export function priceOf(
  { steps }: Pick<PriceList, 'steps'>,
  tokens: number,
): { unitPriceUsdCents: number; usdCents: number } | undefined {
  const step = steps.findLast(({ fromTokens }) => fromTokens <= tokens)
  if (step === undefined) return undefined
  const { unitPriceUsdCents } = step
  return { unitPriceUsdCents, usdCents: tokens * unitPriceUsdCents }
}

/** Every meter that any rate card puts under an API. */
export function metersOf(catalog: Catalog, api: string): readonly string[] {
  const rates = catalog.rateCards.flatMap((card) => card.meters).filter((rate) => rate.api === api)
  return [...new Set(rates.map(({ meter }) => meter))]
}
