import { describe, expect, test } from 'vitest'
import { type Account, emptyAccount } from '../../core/account/account.ts'
import type { Rate } from '../../core/catalog/catalog.ts'
import { includedFault, priceListFault, unratedFault } from '../../core/catalog/faults.ts'
import { mergedAmountsAt } from '../../core/catalog/included-amounts.ts'
import { publish } from '../../core/catalog/publish.ts'
import { publishRateCard } from '../../core/catalog/publish-rate-card.ts'
import { versionAt, versionsAfter } from '../../core/catalog/versions.ts'
import { previewCard } from '../../core/preview/card-preview.ts'
import { refuse } from '../../core/refusal.ts'
import { dayMs } from '../../core/time/time.ts'
import { launchCatalog } from '../support/launch-catalog.ts'

const jobs = 'model-derivative-complex-job'
const acad = 'automation-autocad'
const march = Date.parse('2027-03-01T00:00:00Z')
const rowOf = (meter: string, changes: Partial<Rate>): Rate => {
  const row = launchCatalog.rateCards[0]?.meters.find((rate) => rate.meter === meter)
  if (row === undefined) throw new Error(`no ${meter}`)
  return { ...row, ...changes }
}
const cardOf = (...meters: readonly Rate[]) => ({ version: 'next', effectiveAt: march, meters })
const on = (plan: 'free' | 'paid' | 'none'): Account => ({
  ...emptyAccount('acme'),
  terms: plan === 'none' ? [] : [{ from: 0, plan, payAsYouGo: false }],
})
const nothing = { units: 0, milliTokens: 0, usdCents: 0, refused: 0 }

describe('a month under a card', () => {
  const dearer = cardOf(rowOf(jobs, { milliTokensPerUnit: 4_000, usdCentsPerUnit: 1_200, freePerPeriod: 18 }))
  const uses = [
    { meter: jobs, quantity: 25 },
    { meter: acad, quantity: 7_200 },
  ]

  test('has the completed units of a paid plan at both prices, for the meters that change', () => {
    expect(previewCard(on('paid'), launchCatalog, dearer, '2027-02', uses)).toEqual([
      {
        meter: jobs,
        quantity: 25,
        before: { units: 12, milliTokens: 36_000, usdCents: 10_800, refused: 0 },
        after: { units: 12, milliTokens: 48_000, usdCents: 14_400, refused: 0 },
      },
    ])
  })

  test.each(['free', 'none'] as const)('has what goes beyond the free amounts on the plan %s', (plan) => {
    expect(previewCard(on(plan), launchCatalog, dearer, '2027-02', uses)).toEqual([
      {
        meter: jobs,
        quantity: 25,
        before: { ...nothing, refused: 5 },
        after: { ...nothing, refused: 7 },
      },
    ])
    expect(previewCard(on(plan), launchCatalog, dearer, '2027-02', [{ meter: jobs, quantity: 18 }])).toEqual(
      [],
    )
  })

  test('changes where only the tokens, or only the money, change', () => {
    const changed = (changes: Partial<Rate>) =>
      previewCard(on('paid'), launchCatalog, cardOf(rowOf(acad, changes)), '2027-02', uses).map(
        ({ after }) => after,
      )
    const units = { units: 10, refused: 0 }
    expect(changed({ milliTokensPerUnit: 2_000 })).toEqual([
      { ...units, milliTokens: 20_000, usdCents: 3_000 },
    ])
    expect(changed({ usdCentsPerUnit: 100 })).toEqual([{ ...units, milliTokens: 10_000, usdCents: 1_000 }])
    expect(changed({ freePerPeriod: 1 })).toEqual([])
  })

  test('is on the plan at its end, at the rates of its last instant', () => {
    const changes = [
      { from: 0, plan: 'free', payAsYouGo: false },
      { from: march, plan: 'paid', payAsYouGo: false },
    ] as const
    const account = { ...on('none'), terms: changes }
    const [change] = previewCard(account, launchCatalog, dearer, '2027-02', uses)
    expect(change?.before).toEqual({ ...nothing, refused: 5 })
    const fromMarch = { ...launchCatalog, rateCards: [...launchCatalog.rateCards, dearer] }
    expect(previewCard(on('paid'), fromMarch, dearer, '2027-02', uses)).toHaveLength(1)
    expect(previewCard(on('paid'), fromMarch, dearer, '2027-03', uses)).toEqual([])
  })

  test('leaves out what subscriptions include, and counts a new meter from nothing', () => {
    const includedAmounts = [
      { version: '1', effectiveAt: 0, products: [{ product: 'p', meter: jobs, perPeriod: 20 }] },
    ]
    const catalog = { ...launchCatalog, includedAmounts }
    const from = Date.parse('2027-01-01T00:00:00Z')
    const account = { ...on('paid'), subscriptions: [{ product: 'p', count: 1, from }] }
    const [change] = previewCard(account, catalog, dearer, '2027-02', uses)
    expect([change?.before.units, change?.after.units]).toEqual([2, 2])
    const [first] = previewCard(on('paid'), launchCatalog, cardOf(rowOf(jobs, { meter: 'new' })), '2027-02', [
      { meter: 'new', quantity: 4 },
    ])
    expect([first?.before, first?.after.units]).toEqual([nothing, 2])
  })
})

describe('the faults of a version', () => {
  test('a price list prices its smallest purchase', () => {
    const list = (fromTokens: number) => {
      return {
        version: '1',
        effectiveAt: 0,
        minimumTokens: 33,
        steps: [{ fromTokens, unitPriceUsdCents: 300 }],
      }
    }
    expect(priceListFault(list(33))).toBeUndefined()
    expect(priceListFault(list(34))).toEqual({ pointer: '/steps/0/fromTokens', message: 'pricedMinimum' })
    expect(priceListFault({ ...list(1), steps: [] })).toBeUndefined()
  })

  test('an unrated API is not rated, and an included meter is', () => {
    const apis = (...names: string[]) => ({ version: '1', effectiveAt: march, apis: names })
    expect(unratedFault(apis('viewer', 'issues'), launchCatalog)).toBeUndefined()
    expect(unratedFault(apis('viewer', 'automation'), launchCatalog)).toEqual({
      pointer: '/apis/1',
      message: 'ratedName',
    })
    const amounts = (...meters: string[]) => {
      const products = meters.map((meter) => ({ product: 'p', meter, perPeriod: 1 }))
      return { version: '1', effectiveAt: march, products }
    }
    expect(includedFault(amounts(jobs), launchCatalog)).toBeUndefined()
    expect(includedFault(amounts(jobs, 'viewer'), launchCatalog)).toEqual({
      pointer: '/products/1/meter',
      message: 'noRatedMeter',
    })
  })

  test('a version comes with notice, never changes, and is one of 150', () => {
    const version = { version: 'v', effectiveAt: march, apis: ['a', 'b'] }
    const decide = (published: readonly (typeof version)[], now: number, asked = version) =>
      publish(published, asked, now)
    expect(decide([], march - dayMs + 1)).toEqual(refuse('CATALOG_VERSION_TOO_SOON'))
    expect(decide([], march - dayMs)).toEqual({ isNew: true, isShortNotice: true })
    expect(decide([], march - 90 * dayMs)).toEqual({ isNew: true, isShortNotice: false })
    expect(decide([version], march)).toEqual({ isNew: false, isShortNotice: true })
    const reordered = { apis: ['a', 'b'], effectiveAt: march, version: 'v' }
    expect(decide([version], march, reordered)).toEqual({ isNew: false, isShortNotice: true })
    for (const other of [{ apis: ['b', 'a'] }, { effectiveAt: march + 1 }])
      expect(decide([version], 0, { ...version, ...other })).toEqual(refuse('CATALOG_VERSION_EXISTS'))
    const others = Array.from({ length: 150 }, (_, index) => ({ ...version, version: `v${index}` }))
    expect(decide(others.slice(1), 0)).toMatchObject({ isNew: true })
    expect(decide(others, 0)).toEqual(refuse('TOO_MANY_VERSIONS'))
    expect(decide(others, 0, { ...version, version: 'v0' })).toMatchObject({ isNew: false })
    const card = cardOf(rowOf(jobs, {}))
    expect(publishRateCard(launchCatalog, card, march)).toEqual(refuse('RATE_CARD_TOO_SOON'))
  })
})

describe('versions', () => {
  const versions = [100, 200].map((effectiveAt) => ({ version: `${effectiveAt}`, effectiveAt }))
  const [first, second] = versions

  test('are in force from their instant on; before the first one, the first one', () => {
    expect([0, 99, 100, 199, 200].map((at) => versionAt(versions, at))).toEqual([
      first,
      first,
      first,
      first,
      second,
    ])
    expect(versionAt([], 0)).toBeUndefined()
  })

  test('come after the one in force', () => {
    expect([0, 100, 199, 200].map((at) => versionsAfter(versions, at))).toEqual([
      [second],
      [second],
      [second],
      [],
    ])
  })
})

test('included amounts are merged row by row, up to an instant', () => {
  const row = (product: string, perPeriod: number) => ({ product, meter: 'm', perPeriod })
  const versions = [
    { version: '1', effectiveAt: 100, products: [row('a', 1), row('b', 2)] },
    { version: '2', effectiveAt: 200, products: [row('b', 3), row('c', 4)] },
  ]
  expect(mergedAmountsAt(versions, 99)).toBeUndefined()
  expect(mergedAmountsAt(versions, 100)).toEqual(versions[0])
  expect(mergedAmountsAt(versions, 200)).toEqual({
    version: '2',
    effectiveAt: 200,
    products: [row('a', 1), row('b', 3), row('c', 4)],
  })
})
