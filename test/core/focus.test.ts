import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalText, quotient } from '../../core/focus/decimal.ts'
import type { BoughtLot, FocusFacts } from '../../core/focus/facts.ts'
import { focusRowsOf } from '../../core/focus/rows.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import { exactCents, exactMilli, sumsBy, wrongRows } from '../support/focus-checks.ts'
import { World } from '../support/world.ts'
import { dearer, storyOf, take } from './money-stories.ts'

/** Prices of the lots of a world, which grants them without a receipt. */
const unitPriceOf = (lotId: string) => 240 + 15 * (Number(lotId.replace(/\D/g, '')) % 5)

function lotsOf(world: World): ReadonlyMap<string, BoughtLot> {
  return new Map(
    world.entries.flatMap((entry) => {
      if (entry.kind !== 'lot-granted') return []
      const { lotId, milliTokens } = entry.lot
      const unitPriceUsdCents = unitPriceOf(lotId)
      return [
        [lotId, { milliTokens, unitPriceUsdCents, usdCents: (milliTokens / 1_000) * unitPriceUsdCents }],
      ]
    }),
  )
}

function rowsOf(world: World) {
  const facts: FocusFacts = {
    catalog: world.catalog,
    sellerName: 'Seller',
    lots: lotsOf(world),
    completed: new Map(world.entries.map((entry) => [entry.version, entry])),
    earlierPayments: new Map(),
  }
  return world.entries.flatMap((entry) => focusRowsOf(entry, facts))
}

const closedIn = ({ entries }: World): readonly EntryOf<'period-closed'>[] =>
  entries.filter((entry) => entry.kind === 'period-closed')

/** Tokens of each lot that paid for use and did not come back, by the account and the entries that took tokens otherwise. */
function spentIn({ account, entries }: World): ReadonlyMap<string, bigint> {
  const left = new Map<string, number>()
  for (const entry of entries) {
    if (entry.kind === 'lot-granted') left.set(entry.lot.lotId, entry.lot.milliTokens)
    if (entry.kind === 'lot-expired' || entry.kind === 'tokens-taken-back')
      left.set(entry.lotId, (left.get(entry.lotId) ?? 0) - entry.milliTokens)
    // Tokens that come back after their lot has expired are gone, and no further entry states it.
    if (entry.kind === 'reversal')
      for (const { lot, milliTokens, hasLapsed } of entry.tokens)
        if (hasLapsed) left.set(lot.lotId, (left.get(lot.lotId) ?? 0) - milliTokens)
  }
  for (const { lotId, remaining } of account.lots) left.set(lotId, (left.get(lotId) ?? 0) - remaining)
  return new Map(
    [...left].filter(([, spent]) => spent !== 0).map(([lotId, spent]) => [lotId, exactMilli(spent)]),
  )
}

const isNotZero = ([, sum]: readonly [string, bigint]) => sum !== 0n

test('every row of a random journal adds up, and so do its invoices, credit notes and lots', () => {
  const seen = { rows: 0, corrections: 0, invoices: 0, byToken: 0 }
  fc.assert(
    fc.property(storyOf(60), (story) => {
      const world = new World('2027-01-10T10:00:00Z', dearer)
      world.plan({ plan: 'paid', payAsYouGo: story.length % 2 === 0 })
      world.buy(5)
      for (const step of story) take(world, step)
      const rows = rowsOf(world)
      seen.rows += rows.length
      seen.corrections += rows.filter(({ ChargeClass }) => ChargeClass === 'Correction').length
      seen.byToken += rows.filter(({ PricingUnit }) => PricingUnit === 'Flex Tokens').length
      seen.invoices += closedIn(world).length
      expect(wrongRows(rows)).toEqual([])
      const billed = sumsBy(rows, 'InvoiceId', 'BilledCost')
      for (const { period, usdCents, carriedInUsdCents, creditUsdCents, carriedUsdCents } of closedIn(world))
        expect(billed.get(`acme-${period}`)).toBe(
          exactCents(usdCents + carriedInUsdCents - creditUsdCents - carriedUsdCents),
        )
      for (const entry of world.entries)
        if (entry.kind === 'reversal')
          for (const { number, dueUsdCents } of entry.creditNotes)
            expect(billed.get(`acme-credit-note-${number}`)).toBe(exactCents(-dueUsdCents))
      const spent = sumsBy(
        rows.filter(({ ChargeCategory }) => ChargeCategory === 'Usage'),
        'x_LotId',
        'PricingCurrencyEffectiveCost',
      )
      expect(new Map([...spent].filter(isNotZero))).toEqual(spentIn(world))
    }),
    { seed: 12, numRuns: 300 },
  )
  // The stories contain what the sums are about.
  expect(
    Math.min(seen.rows / 500, seen.corrections / 10, seen.invoices / 10, seen.byToken / 40),
  ).toBeGreaterThan(1)
})

describe('a unit that two lots pay', () => {
  test('is priced by token where no decimal is exact for a third of it', () => {
    const world = new World('2027-01-10T10:00:00Z', dearer)
    world.plan({ plan: 'paid', payAsYouGo: false })
    world.buy(1)
    world.buy(5)
    world.use('model-derivative-complex-job', 2)
    const rows = rowsOf(world)
    expect(
      rows.map(({ x_LotId, PricingQuantity, PricingUnit, ContractedUnitPrice, EffectiveCost, ListCost }) => [
        ...[x_LotId, PricingQuantity, PricingUnit, ContractedUnitPrice, EffectiveCost, ListCost],
      ]),
    ).toEqual([
      ['lot-1', '1.00', 'Flex Tokens', '2.55', '2.55', '3.00'],
      ['lot-2', '2.00', 'Flex Tokens', '2.70', '5.40', '6.00'],
    ])
    expect(rows.map(({ ConsumedQuantity }) => ConsumedQuantity)).toEqual(['0.00', '2.00'])
  })
})

test('a charge has the columns of its app, its meter, its rate card and its lot', () => {
  const world = new World('2027-01-10T10:20:00Z', dearer)
  world.plan({ plan: 'paid', payAsYouGo: false })
  world.buy(10)
  world.use('automation-autocad', 1_500)
  expect(rowsOf(world)).toEqual([
    {
      BilledCost: '0.00',
      BillingAccountId: 'acme',
      BillingAccountName: 'acme',
      BillingAccountType: 'Team',
      BillingCurrency: 'USD',
      BillingPeriodEnd: '2027-02-01T00:00:00Z',
      BillingPeriodStart: '2027-01-01T00:00:00Z',
      ChargeCategory: 'Usage',
      ChargeDescription: 'Flex tokens: automation-autocad by app',
      ChargeFrequency: 'Usage-Based',
      ChargePeriodEnd: '2027-01-10T11:00:00Z',
      ChargePeriodStart: '2027-01-10T10:00:00Z',
      ConsumedQuantity: '1440.00',
      ConsumedUnit: 'Seconds',
      ContractedCost: '5.10',
      ContractedUnitPrice: '2.55',
      EffectiveCost: '5.10',
      InvoiceId: 'acme-2027-01',
      InvoiceIssuerName: 'Seller',
      ListCost: '6.00',
      ListUnitPrice: '3.00',
      PricingCategory: 'Standard',
      PricingCurrency: 'Flex Tokens',
      PricingCurrencyContractedUnitPrice: '1.00',
      PricingCurrencyEffectiveCost: '2.00',
      PricingCurrencyListUnitPrice: '1.00',
      PricingQuantity: '2.00',
      PricingUnit: '720 Seconds',
      ProviderName: 'Seller',
      PublisherName: 'Seller',
      ServiceCategory: 'Developer Tools',
      ServiceName: 'Automation API',
      ServiceSubcategory: 'Developer Platforms',
      SkuId: 'automation-autocad',
      SkuMeter: 'automation-autocad',
      SkuPriceDetails: '{}',
      SkuPriceId: 'automation-autocad-flex-2025-12-08',
      SubAccountId: 'app',
      SubAccountName: 'app',
      SubAccountType: 'App',
      Tags: '{}',
      x_EntryVersion: '4',
      x_LotId: 'lot-1',
    },
  ])
})

test('free use, remainders, gifts and shortfall have no rows', () => {
  const world = new World('2027-01-10T10:00:00Z', dearer)
  world.plan({ plan: 'free', payAsYouGo: false })
  world.use('automation-autocad', 1_000)
  world.plan({ plan: 'paid', payAsYouGo: false })
  world.buy(1)
  world.use('automation-autocad', 700)
  world.pass(1)
  world.use('model-derivative-complex-job', 2)
  expect(rowsOf(world)).toEqual([])
})

test.each([
  [0n, 0, '0.00'],
  [5n, 0, '5.00'],
  [-5n, 2, '-0.05'],
  [123_456n, 5, '1.23456'],
  [100_000n, 5, '1.00'],
  [-7n, 9, '-0.000000007'],
])('writes %d with %d decimals as %s', (digits, places, text) => {
  expect(decimalText({ digits, places })).toBe(text)
})

test.each([
  [1_000, 3_000, undefined],
  [1_000, 2_000, { digits: 5n, places: 1 }],
  [6_000, 3_000, { digits: 2n, places: 0 }],
  [1, 512, { digits: 1_953_125n, places: 9 }],
  [1, 1_024, undefined],
])('divides %d by %d exactly or not at all', (part, whole, expected) => {
  expect(quotient(part, whole)).toEqual(expected)
})
