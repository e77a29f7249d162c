import { expect, test } from 'vitest'
import catalog from '../../lambdas/store/catalog-data.json' with { type: 'json' }

// Typed again from the published rates, so that a slip in the data cannot hide.
const launchRows = [
  // meter, API, base unit, unit size, tokens, US cents, free per period, unverified
  ['automation-autocad', 'automation', 'seconds', 720, 1, 300, 18_000, false],
  ['automation-inventor', 'automation', 'seconds', 720, 1, 300, 18_000, false],
  ['automation-revit', 'automation', 'seconds', 720, 1, 300, 18_000, true],
  ['automation-3dsmax', 'automation', 'seconds', 1_800, 1, 300, 18_000, true],
  ['automation-fusion', 'automation', 'seconds', 1_200, 1, 300, 18_000, true],
  ['model-derivative-complex-job', 'model-derivative', 'jobs', 2, 3, 900, 20, false],
  ['model-derivative-simple-job', 'model-derivative', 'jobs', 2, 1, 300, 60, true],
  ['model-derivative-basic', 'model-derivative', 'calls', 300_000, 1, 300, 300_000, false],
  ['flow-graph-engine', 'flow-graph-engine', 'seconds', 3_600, 1, 300, 18_000, true],
  ['reality-capture', 'reality-capture', 'photos', 50, 1, 300, 250, true],
]

test('the launch rate card has the ten published rows, marked where they are our default', () => {
  const [card, ...others] = catalog.rateCards
  expect(others).toEqual([])
  expect(card).toMatchObject({ version: '2025-12-08', effectiveAt: '2025-12-08T00:00:00Z' })
  const rows = card?.meters.map((row) => [
    row.meter,
    row.api,
    row.baseUnit,
    row.unitSize,
    row.tokensPerUnit,
    row.usdCentsPerUnit,
    row.freePerPeriod,
    row.unverified,
  ])
  expect(rows).toEqual(launchRows)
  expect(card?.meters.map((row) => row.freeLimitStops)).toEqual(launchRows.map(() => 'api'))
})

test('a token costs 3 USD, wherever a unit has both prices', () => {
  for (const row of catalog.rateCards[0]?.meters ?? [])
    expect(row.usdCentsPerUnit).toBe(row.tokensPerUnit * 300)
})

test('the price list steps down from 3.00 to 2.40 USD and starts at the smallest purchase', () => {
  const [list] = catalog.priceLists
  expect(list).toMatchObject({ version: '2025-12-08', minimumTokens: 100, unverified: true })
  expect(list?.steps.map((step) => [step.fromTokens, step.unitPriceUsdCents])).toEqual([
    [100, 300],
    [5_000, 285],
    [10_000, 270],
    [25_000, 255],
    [50_000, 240],
  ])
})

test('the launch campaign reminds 14, 7, 3 and 1 days before its deadline', () => {
  const [campaign] = catalog.campaigns
  expect(campaign).toMatchObject({ campaignId: 'aps-2025', opensAt: '2025-12-08T00:00:00Z' })
  expect(campaign?.deadlineAt).toBe('2026-01-17T00:00:00Z')
  const daysBefore = campaign?.remindAt.map(
    (at) => (Date.parse(campaign.deadlineAt) - Date.parse(at)) / 86_400_000,
  )
  expect(daysBefore).toEqual([14, 7, 3, 1])
})

test('pay-as-you-go is offered in seven named countries and the thirty of the European Economic Area', () => {
  const [{ countries } = { countries: [] }] = catalog.payAsYouGoCountries
  expect(new Set(countries).size).toBe(37)
  expect(countries.slice(0, 7)).toEqual(['US', 'CA', 'AU', 'NZ', 'JP', 'GB', 'CH'])
})

test('the smallest payment that the processor takes is 50 cents', () =>
  expect(catalog.minimumBillUsdCents).toBe(50))

test('no API is both rated and not rated', () => {
  const rated = new Set(catalog.rateCards[0]?.meters.flatMap((row) => [row.api, row.meter]))
  const [{ apis } = { apis: [] }] = catalog.unratedApis
  expect(new Set(apis).size).toBe(apis.length)
  expect(apis.filter((api) => rated.has(api))).toEqual([])
  expect(apis).toContain('data-management')
})
