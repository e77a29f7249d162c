import { describe, expect, test } from 'vitest'
import { type Account, emptyAccount, noMeterState } from '../../core/account/account.ts'
import { pricesMax } from '../../core/account/bounds.ts'
import { addUnits, takeUnits } from '../../core/account/tally.ts'
import { advance, nextDueAt } from '../../core/advance.ts'
import type { Rate } from '../../core/catalog/catalog.ts'
import { endAfter, isKnownName, metersInsteadOf, namesEndedBy, statusAt } from '../../core/catalog/names.ts'
import { completeCard } from '../../core/catalog/publish-rate-card.ts'
import { rejectionOf } from '../../core/commands/record-usage.ts'
import { includedUse } from '../../core/funding/included.ts'
import { byMeterAndPrice, meterSums } from '../../core/invoice/invoice.ts'
import { dayMs, hourMs, minuteMs } from '../../core/time/time.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { World } from '../support/world.ts'

const acad = 'automation-autocad'
const now = Date.parse('2027-03-10T09:00:00Z')
const month = { free: 0, units: 1, usdCents: 300, lateUnits: 0 }
const billed: Account = {
  ...emptyAccount('acme'),
  at: now,
  period: '2027-03',
  meters: { [acad]: { ...noMeterState, current: month } },
}

describe('a bill', () => {
  const close = (changes: Partial<Account>, minimumBillUsdCents = 50) => {
    const catalog = { ...launchCatalog, minimumBillUsdCents }
    const { account, entries } = advance(
      { ...billed, ...changes },
      Date.parse('2027-04-03T00:00:00Z'),
      catalog,
    )
    const closed = entries.find((entry) => entry.kind === 'period-closed')
    return {
      credit: closed?.creditUsdCents,
      carriedIn: closed?.carriedInUsdCents,
      carried: closed?.carriedUsdCents,
      dues: account.dues.map(({ usdCents }) => usdCents),
      left: account.creditUsdCents,
    }
  }

  test('adds what earlier bills carried, and credit pays both', () => {
    const carried = { carriedUsdCents: 40 }
    expect(close(carried)).toEqual({ credit: 0, carriedIn: 40, carried: 0, dues: [340], left: 0 })
    expect(close({ ...carried, creditUsdCents: 100 })).toEqual({
      credit: 100,
      carriedIn: 40,
      carried: 0,
      dues: [240],
      left: 0,
    })
    expect(close({ ...carried, creditUsdCents: 500 })).toEqual({
      credit: 340,
      carriedIn: 40,
      carried: 0,
      dues: [],
      left: 160,
    })
  })

  test('is carried only below the minimum', () => {
    expect(close({}, 300)).toMatchObject({ carried: 0, dues: [300] })
    expect(close({}, 301)).toMatchObject({ carried: 300, dues: [] })
  })
})

describe('a month turns', () => {
  const quiet: Account = { ...billed, meters: {} }
  const limit = (used: number) => ({ appId: 'app', meter: acad, perPeriod: 9, used, held: [] })
  const end = Date.parse('2027-04-01T00:00:00Z')
  const shortfall = [{ entry: 1, meter: acad, units: 1, milliTokensPerUnit: 1_000, usdCentsPerUnit: 300 }]
  const money = [{ from: 0, plan: 'paid', payAsYouGo: true }] as const

  test.each([
    ['nothing', {}, undefined],
    ['an app’s limit that is used', { limits: [limit(0), limit(1)] }, end],
    ['an app’s limit that is not used', { limits: [limit(0)] }, undefined],
    ['shortfall under pay-as-you-go', { shortfall, terms: money }, end],
    ['shortfall without pay-as-you-go', { shortfall }, undefined],
    ['pay-as-you-go without shortfall', { terms: money }, undefined],
  ] as const)('with an entry for %s', (_, changes, dueAt) => {
    expect(nextDueAt({ ...quiet, ...changes })).toBe(dueAt)
  })
})

test('tokens of a withdrawn lot are taken back as its holds end, not before, and other lots stay', () => {
  const world = new World('2027-01-10T10:00:00Z')
  world.plan({ plan: 'paid', payAsYouGo: false })
  world.buy(10)
  world.buy(100, dayMs)
  const [first] = world.account.lots
  world.ask(acad, 2 * 720, 3_600)
  world.takeBack(first?.lotId ?? '', 'refunded')
  const count = world.entries.length
  const [hold] = world.account.meters[acad]?.paid ?? []
  world.pass(minuteMs)
  expect(world.entries.slice(count)).toEqual([])
  world.pass((hold?.expiresAt ?? 0) - world.now)
  const taken = world.entries.slice(count)
  expect(taken.every(({ at }) => at === hold?.expiresAt)).toBe(true)
  expect(world.account.lots.every(({ withdrawn }) => withdrawn === undefined)).toBe(true)
})

describe('a tally by price', () => {
  const units = (count: number, price: number, lateUnits = 0) => ({
    units: count,
    usdCents: count * price,
    lateUnits,
  })
  const noTally = { free: 0, units: 0, usdCents: 0, lateUnits: 0 }

  test('has rows only where prices differ, and loses them with the units', () => {
    const single = addUnits(noTally, units(2, 300))
    expect(single).toEqual({ ...noTally, units: 2, usdCents: 600 })
    const two = addUnits(single, units(1, 900, 1))
    const row = (usdCentsPerUnit: number, count: number, lateUnits = 0) => ({
      usdCentsPerUnit,
      units: count,
      lateUnits,
    })
    expect(two).toEqual({
      ...noTally,
      units: 3,
      usdCents: 1_500,
      lateUnits: 1,
      prices: [row(300, 2), row(900, 1, 1)],
    })
    expect(takeUnits(two, units(1, 300))).toEqual({
      ...two,
      units: 2,
      usdCents: 1_200,
      prices: [row(300, 1), row(900, 1, 1)],
    })
    expect(takeUnits(two, units(1, 900, 1))).toEqual(single)
    expect(takeUnits(two, units(0, 0))).toBe(two)
    expect(addUnits(two, units(0, 0))).toBe(two)
  })

  test('counts units beyond the most prices in the sums alone', () => {
    let tally = noTally
    for (let price = 1; price <= pricesMax + 1; price++) tally = addUnits(tally, units(1, price))
    expect(tally).toMatchObject({ units: pricesMax + 1 })
    expect('prices' in tally && Array.isArray(tally.prices) && tally.prices.length).toBe(pricesMax)
  })
})

test('lines are in the order of meter and price, one without a price last; sums in the order of meter', () => {
  const line = (meter: string, unitPriceUsdCents?: number) => ({
    meter,
    units: 1,
    usdCents: 300,
    lateUnits: 0,
    ...(unitPriceUsdCents !== undefined && { unitPriceUsdCents }),
  })
  const lines = [line('b', 1), line('a'), line('a', 9), line('c', 1), line('a', 3)]
  expect(lines.toSorted(byMeterAndPrice)).toEqual([
    line('a', 3),
    line('a', 9),
    line('a'),
    line('b', 1),
    line('c', 1),
  ])
  const state = { ...noMeterState, current: month }
  const meters = { c: state, a: state, idle: noMeterState, b: state }
  expect(meterSums({ ...billed, meters }, 'current').map(({ meter }) => meter)).toEqual(['a', 'b', 'c'])
})

describe('included amounts of a team', () => {
  const product = (meter: string, perPeriod = 10) => ({ product: 'p', meter, perPeriod })
  const includedAmounts = [
    {
      version: '1',
      effectiveAt: 0,
      products: [product(acad), product('unknown'), product('reality-capture', 0)],
    },
  ]
  const context = { now, catalog: { ...launchCatalog, includedAmounts } }
  const subscribed: Account = { ...billed, meters: {}, subscriptions: [{ product: 'p', count: 2, from: 0 }] }

  test('are listed for rated meters with an amount, with use and what is left', () => {
    expect(includedUse(subscribed, context)).toEqual([{ meter: acad, used: 0, limit: 20, remaining: 20 }])
    const current = { free: 0, units: 0, usdCents: 0, lateUnits: 0, included: 4 }
    const held = [{ expiresAt: now + hourMs, quantity: 6 }]
    const used = { ...subscribed, meters: { [acad]: { ...noMeterState, current, paid: held } } }
    expect(includedUse(used, context)).toEqual([{ meter: acad, used: 4, limit: 20, remaining: 10 }])
    expect(includedUse({ ...subscribed, subscriptions: [] }, context)).toEqual([])
  })
})

describe('names that end', () => {
  const rate = (meter: string, api: string, ended?: true): Rate => ({
    meter,
    api,
    baseUnit: 'MB',
    unitSize: 1,
    milliTokensPerUnit: 1_000,
    usdCentsPerUnit: 300,
    freePerPeriod: 0,
    ...(ended && { ended }),
  })
  const catalog = {
    ...launchCatalog,
    unratedApis: [
      { version: '1', effectiveAt: 100, apis: ['x', 'y'] },
      { version: '2', effectiveAt: 400, apis: ['y', 'z'] },
    ],
    rateCards: [
      { version: '1', effectiveAt: 200, meters: [rate('other', 'o'), rate('m', 'y')] },
      { version: '2', effectiveAt: 300, meters: [rate('m', 'y', true), rate('other', 'o')] },
    ],
  }

  test('have their first end, in any order of versions', () => {
    expect(['x', 'y', 'm', 'other'].map((name) => endAfter(catalog, name, 150))).toEqual([
      400,
      200,
      300,
      undefined,
    ])
    expect(endAfter(catalog, 'y', 200)).toBe(300)
    expect(['x', 'y', 'z'].map((name) => statusAt(catalog, name, 150))).toEqual([
      'unrated',
      'unrated',
      'unknown',
    ])
    expect(['x', 'y', 'z'].map((name) => statusAt(catalog, name, 400))).toEqual(['ended', 'ended', 'unrated'])
    expect(['x', 'z', 'm', 'none'].map((name) => isKnownName(catalog, name))).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect(metersInsteadOf(catalog, 'm', 350)).toEqual([])
  })

  test('are those of a card: APIs that it is the first to rate, and meters that it ends', () => {
    const card = {
      version: '3',
      effectiveAt: 350,
      meters: [rate('n', 'x'), rate('other', 'o', true), rate('k', 'y')],
    }
    expect(namesEndedBy(catalog, card)).toEqual(['x', 'other'])
  })

  test('are completed again as they were published', () => {
    const asked = { version: '2', effectiveAt: 300, meters: [{ meter: 'm', ended: true } as const] }
    expect(completeCard(catalog, asked)).toEqual({ ...asked, meters: [rate('m', 'y', true)] })
    const later = { version: '4', effectiveAt: 500, meters: [{ meter: 'other', ended: true } as const] }
    expect(completeCard(catalog, later)).toEqual({
      ...later,
      meters: [{ ...rate('other', 'o', true), freeLimitStops: 'meter' }],
    })
  })

  test('reject an event from then on, and one from before is taken', () => {
    const event = (meter: string, time: number) => ({
      source: 's',
      id: 'e',
      appId: 'a',
      meter,
      quantity: 1,
      time,
    })
    expect([199, 200].map((time) => rejectionOf(event('y', time), 250, catalog))).toEqual([
      undefined,
      'METER_ENDED',
    ])
    expect([299, 300].map((time) => rejectionOf(event('m', time), 350, catalog))).toEqual([
      undefined,
      'METER_ENDED',
    ])
    expect(rejectionOf(event('none', 150), 250, catalog)).toBe('UNKNOWN_METER')
  })
})
