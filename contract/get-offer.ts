import * as v from 'valibot'
import type { Call } from './call.ts'
import { campaignAnswer } from './campaign.ts'
import { amount, instantText } from './figures.ts'
import { includedAmountRow } from './included-amounts.ts'
import type { Operation } from './operation.ts'
import { rateFields } from './rates.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/offer',
  function: 'hub',
  scope: null,
  operationId: 'getOffer',
} as const satisfies Route

export const getOffer = { route, timeField: 'at' } as const satisfies Call

const offeredRateAnswer = v.pipe(v.object({ ...rateFields, unverified: v.boolean() }), v.title('OfferedRate'))

const offeredCardAnswer = v.pipe(
  v.object({
    version: v.string(),
    effectiveAt: instantText,
    meters: v.array(offeredRateAnswer),
  }),
  v.title('OfferedRateCard'),
)

const priceStepAnswer = v.pipe(
  v.object({ fromTokens: amount, unitPriceUsdCents: amount }),
  v.title('PriceStep'),
)

const priceListAnswer = v.pipe(
  v.object({
    version: v.string(),
    effectiveAt: instantText,
    minimumTokens: amount,
    unverified: v.boolean(),
    steps: v.array(priceStepAnswer),
  }),
  v.title('PriceList'),
)

const payAsYouGoTermsAnswer = v.pipe(
  v.object({
    countries: v.array(v.string()),
    /** Lists of countries that are not in force yet. */
    upcoming: v.array(
      v.pipe(
        v.object({ effectiveAt: instantText, countries: v.array(v.string()) }),
        v.title('UpcomingCountries'),
      ),
    ),
    paymentMethods: v.array(v.string()),
  }),
  v.title('PayAsYouGoTerms'),
)

/** The rates, prices and conditions for anyone. Everything in it is dated data. */
const offerAnswer = v.pipe(
  v.object({
    at: instantText,
    /** The rows in force, from any card. Before the first card takes effect, its rows. */
    rateCard: offeredCardAnswer,
    /** Published cards that are not in force yet; each contains only the rows that it changes. */
    upcoming: v.array(offeredCardAnswer),
    priceList: priceListAnswer,
    upcomingPriceLists: v.array(priceListAnswer),
    payAsYouGo: payAsYouGoTermsAnswer,
    /** The campaign with the earliest deadline, because it decides. */
    campaign: v.optional(campaignAnswer),
    unratedApis: v.array(v.string()),
    upcomingUnratedApis: v.array(
      v.pipe(
        v.object({ effectiveAt: instantText, apis: v.array(v.string()) }),
        v.title('UpcomingUnratedApis'),
      ),
    ),
    /** The base units of a meter that one subscription to a product includes in each month. */
    includedAmounts: v.array(includedAmountRow),
    upcomingIncludedAmounts: v.array(
      v.pipe(
        v.object({ effectiveAt: instantText, products: v.array(includedAmountRow) }),
        v.title('UpcomingIncludedAmounts'),
      ),
    ),
  }),
  v.title('Offer'),
)

export type OfferAnswer = v.InferOutput<typeof offerAnswer>

export const operation = {
  call: getOffer,
  summary: 'Shows the offer: rates, prices, conditions and the campaign. Needs no token.',
  statuses: { 200: 'The offer at the instant of the answer.' },
  answer: offerAnswer,
} as const satisfies Operation
