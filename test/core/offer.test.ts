import { describe, expect, test } from 'vitest'
import { type Catalog, metersOf, priceListAt, priceOf, type Rate } from '../../core/catalog/catalog.ts'
import { isKnownName } from '../../core/catalog/names.ts'
import { offerAt } from '../../core/catalog/offer.ts'

const rate = (meter: string, api: string, freePerPeriod: number): Rate => {
  const unit = { baseUnit: 'call', unitSize: 1, milliTokensPerUnit: 500, usdCentsPerUnit: 150 }
  return { meter, api, ...unit, freePerPeriod, freeLimitStops: 'meter' }
}
const campaign = (campaignId: string, deadlineAt: number) => {
  return { campaignId, opensAt: 0, deadlineAt, remindAt: [] }
}
const first = { version: '1', effectiveAt: 100, meters: [rate('a', 'x', 1), rate('b', 'y', 2)] }
const second = { version: '2', effectiveAt: 200, meters: [rate('a', 'x', 3), rate('c', 'x', 4)] }
const third = { version: '3', effectiveAt: 300, meters: [rate('b', 'y', 5)] }
const priceList = { version: '1', effectiveAt: 0, minimumTokens: 100, steps: [] }
const catalog: Catalog = {
  rateCards: [first, second, third],
  priceLists: [priceList],
  includedAmounts: [],
  campaigns: [campaign('late', 900), campaign('early', 500), campaign('middle', 700)],
  unratedApis: [],
  payAsYouGoCountries: [],
  minimumBillUsdCents: 0,
}

describe('the offer', () => {
  test('before the first card is that card, with the later ones as upcoming', () => {
    expect(offerAt(catalog, 99)).toEqual({
      rateCard: first,
      upcoming: [second, third],
      priceList,
      campaign: campaign('early', 500),
    })
  })

  test('from a card on has all rows in force, and the later cards as they were published', () => {
    expect(offerAt(catalog, 200)).toEqual({
      rateCard: {
        version: '2',
        effectiveAt: 200,
        meters: [rate('a', 'x', 3), rate('b', 'y', 2), rate('c', 'x', 4)],
      },
      upcoming: [third],
      priceList,
      campaign: campaign('early', 500),
    })
    expect(offerAt(catalog, 299).upcoming).toEqual([third])
    expect(offerAt(catalog, 300).upcoming).toEqual([])
  })

  test('without a campaign has none, and without a card or a price list fails', () => {
    expect(offerAt({ ...catalog, campaigns: [] }, 200).campaign).toBeUndefined()
    expect(() => offerAt({ ...catalog, rateCards: [] }, 200)).toThrow('no rate card')
    expect(() => offerAt({ ...catalog, priceLists: [] }, 200)).toThrow('no price list')
  })
})

test('the meters of an API are those of all its cards, once each', () => {
  expect(metersOf(catalog, 'x')).toEqual(['a', 'c'])
  expect(metersOf(catalog, 'y')).toEqual(['b'])
  expect(metersOf(catalog, 'z')).toEqual([])
})

test('a meter is known by any card, and an API that is not rated by its name', () => {
  const known = ['a', 'b', 'c', 'free-api', 'x'].map((meter) =>
    isKnownName({ ...catalog, unratedApis: [{ version: '1', effectiveAt: 0, apis: ['free-api'] }] }, meter),
  )
  expect(known).toEqual([true, true, true, true, false])
})

test('the price list in force is the newest one, and before the first list the first one', () => {
  const lists = [100, 200, 300].map((effectiveAt) => ({ ...priceList, effectiveAt }))
  const listAt = (at: number) => priceListAt({ ...catalog, priceLists: lists }, at)
  expect([99, 100, 199, 200, 300, 301].map((at) => listAt(at)?.effectiveAt)).toEqual([
    100, 100, 100, 200, 300, 300,
  ])
})

test('a purchase costs the price of the last step that it reaches, and has none below the first step', () => {
  const steps = [
    { fromTokens: 100, unitPriceUsdCents: 300 },
    { fromTokens: 1_000, unitPriceUsdCents: 250 },
  ]
  expect(priceOf({ steps }, 99)).toBeUndefined()
  expect(priceOf({ steps }, 100)).toEqual({ unitPriceUsdCents: 300, usdCents: 30_000 })
  expect(priceOf({ steps }, 999)).toEqual({ unitPriceUsdCents: 300, usdCents: 299_700 })
  expect(priceOf({ steps }, 1_000)).toEqual({ unitPriceUsdCents: 250, usdCents: 250_000 })
})
