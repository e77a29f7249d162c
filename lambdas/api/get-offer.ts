import type { OfferAnswer } from '../../contract/get-offer.ts'
import { getOffer as call } from '../../contract/get-offer.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { RateCard } from '../../core/catalog/catalog.ts'
import { offerAt } from '../../core/catalog/offer.ts'
import { payAsYouGoPaymentMethods } from '../../core/funding/pay-as-you-go.ts'
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
    const { version, effectiveAt, minimumTokens, unverified = false, steps } = priceList
    const body: OfferAnswer = {
      at: instantToJson(at),
      rateCard: cardToJson(rateCard),
      upcoming: upcoming.map(cardToJson),
      priceList: {
        version,
        effectiveAt: instantToJson(effectiveAt),
        minimumTokens,
        unverified,
        steps: [...steps],
      },
      payAsYouGo: {
        countries: [...catalog.payAsYouGoCountries],
        paymentMethods: [...payAsYouGoPaymentMethods],
      },
      ...(campaign !== undefined && { campaign: campaignToJson(campaign) }),
      unratedApis: [...catalog.unratedApis],
    }
    return { status: 200, headers, body }
  })
}

function cardToJson({ version, effectiveAt, meters }: RateCard): OfferAnswer['rateCard'] {
  const rows = meters.map((rate) => ({ ...rateToJson(rate), unverified: rate.unverified === true }))
  return { version, effectiveAt: instantToJson(effectiveAt), meters: rows }
}
