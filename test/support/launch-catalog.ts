import type { Catalog } from '../../core/catalog/catalog.ts'
import launch from '../../lambdas/store/catalog-data.json' with { type: 'json' }

const at = (text: string) => Date.parse(text)

/** The launch catalog in the form of `core`. */
export const launchCatalog: Catalog = {
  rateCards: launch.rateCards.map(({ version, effectiveAt, meters }) => ({
    version,
    effectiveAt: at(effectiveAt),
    meters: meters.map(({ tokensPerUnit, freeLimitStops, ...row }) => ({
      ...row,
      freeLimitStops: freeLimitStops === 'api' ? 'api' : 'meter',
      milliTokensPerUnit: tokensPerUnit * 1_000,
    })),
  })),
  priceLists: launch.priceLists.map((list) => ({ ...list, effectiveAt: at(list.effectiveAt) })),
  campaigns: launch.campaigns.map(({ campaignId, opensAt, deadlineAt, remindAt }) => ({
    campaignId,
    opensAt: at(opensAt),
    deadlineAt: at(deadlineAt),
    remindAt: remindAt.map(at),
  })),
  includedAmounts: [],
  unratedApis: launch.unratedApis.map((list) => ({ ...list, effectiveAt: at(list.effectiveAt) })),
  payAsYouGoCountries: launch.payAsYouGoCountries.map((list) => ({
    ...list,
    effectiveAt: at(list.effectiveAt),
  })),
  minimumBillUsdCents: launch.minimumBillUsdCents,
}
