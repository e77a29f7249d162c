import type { OfferAnswer } from '../../contract/get-offer.ts'
import { getOffer as call } from '../../contract/get-offer.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { Catalog, PriceList, RateCard } from '../../core/catalog/catalog.ts'
import { mergedAmountsAt } from '../../core/catalog/included-amounts.ts'
import { statusAt } from '../../core/catalog/names.ts'
import { offerAt } from '../../core/catalog/offer.ts'
import { versionAt, versionsAfter } from '../../core/catalog/versions.ts'
import { payAsYouGoPaymentMethods } from '../../core/funding/pay-as-you-go.ts'
import type { Instant } from '../../core/time/time.ts'
import { campaignToJson } from '../http/campaign-json.ts'
import type { Outcome } from '../http/outcome.ts'
import { rateToJson } from '../http/rate-json.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'

/** The offer is the same for everybody and is published ahead of its day, so a minute in a cache does no harm. */
const headers = { 'cache-control': 'public, max-age=60' }

/** Shows what is for sale: rates, prices, conditions and the campaign, for anyone. */
export function getOffer(deps: Deps) {
  return route(call, async (): Promise<Outcome> => {
    const catalog = await deps.catalog.get()
    const at = deps.clock.now()
    const { rateCard, upcoming, priceList, campaign } = offerAt(catalog, at)
    const { payAsYouGoCountries, unratedApis, priceLists, includedAmounts } = catalog
    const body: OfferAnswer = {
      at: instantToJson(at),
      rateCard: cardToJson(rateCard),
      upcoming: upcoming.map(cardToJson),
      priceList: priceListToJson(priceList),
      upcomingPriceLists: versionsAfter(priceLists, at).map(priceListToJson),
      payAsYouGo: {
        countries: [...(versionAt(payAsYouGoCountries, at)?.countries ?? [])],
        upcoming: versionsAfter(payAsYouGoCountries, at).map(({ effectiveAt, countries }) => {
          return { effectiveAt: instantToJson(effectiveAt), countries: [...countries] }
        }),
        paymentMethods: [...payAsYouGoPaymentMethods],
      },
      ...(campaign !== undefined && { campaign: campaignToJson(campaign) }),
      unratedApis: unratedAt(catalog, at),
      upcomingUnratedApis: versionsAfter(unratedApis, at).map(({ effectiveAt, apis }) => {
        return { effectiveAt: instantToJson(effectiveAt), apis: [...apis] }
      }),
      includedAmounts: [...(mergedAmountsAt(includedAmounts, at)?.products ?? [])],
      upcomingIncludedAmounts: includedAmounts
        .filter(({ effectiveAt }) => effectiveAt > at)
        .map(({ effectiveAt, products }) => {
          return { effectiveAt: instantToJson(effectiveAt), products: [...products] }
        }),
    }
    return { status: 200, headers, body }
  })
}

function unratedAt(catalog: Catalog, at: Instant): string[] {
  const apis = versionAt(catalog.unratedApis, at)?.apis ?? []
  return apis.filter((api) => statusAt(catalog, api, at) === 'unrated')
}

function priceListToJson(list: PriceList): OfferAnswer['priceList'] {
  const { version, effectiveAt, minimumTokens, unverified = false, steps } = list
  const at = instantToJson(effectiveAt)
  return { version, effectiveAt: at, minimumTokens, unverified, steps: [...steps] }
}

function cardToJson({ version, effectiveAt, meters }: RateCard): OfferAnswer['rateCard'] {
  const rows = meters.map((rate) => ({ ...rateToJson(rate), unverified: rate.unverified === true }))
  return { version, effectiveAt: instantToJson(effectiveAt), meters: rows }
}
