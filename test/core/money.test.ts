import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dearestDemand } from '../../core/funding/demand.ts'
import type { Demand } from '../../core/funding/money.ts'
import { dearestMoney } from '../../core/funding/money.ts'
import { propertyRuns } from '../support/property-runs.ts'

/** The most that money can have to pay, by trying every order of the units. */
function truth(demands: readonly Demand[], tokens: number): number {
  const memo = new Map<string, number>()
  const worst = (left: readonly number[], rest: number): number => {
    const key = `${left.join(',')}|${rest}`
    const known = memo.get(key)
    if (known !== undefined) return known
    let most = 0
    for (const [index, units] of left.entries()) {
      const demand = demands[index]
      if (units === 0 || demand === undefined) continue
      const isCovered = rest >= demand.milliTokensPerUnit
      const next = worst(left.with(index, units - 1), isCovered ? rest - demand.milliTokensPerUnit : rest)
      most = Math.max(most, next + (isCovered ? 0 : demand.usdCentsPerUnit))
    }
    memo.set(key, most)
    return most
  }
  return worst(
    demands.map((demand) => demand.units),
    tokens,
  )
}

const demand = fc.record({
  units: fc.nat(4),
  milliTokensPerUnit: fc.integer({ min: 1, max: 6 }),
  usdCentsPerUnit: fc.integer({ min: 0, max: 9 }),
})

const proportional = demand.map((meterDemand) => ({
  ...meterDemand,
  usdCentsPerUnit: meterDemand.milliTokensPerUnit * 3,
}))

test('never under the truth', () => {
  fc.assert(
    fc.property(fc.array(demand, { maxLength: 3 }), fc.nat(30), (demands, tokens) => {
      expect(dearestMoney(demands, tokens)).toBeGreaterThanOrEqual(truth(demands, tokens))
    }),
    propertyRuns(3_000),
  )
})

test('over it by at most one unit per meter, where tokens have one price in money, as on every card so far', () => {
  fc.assert(
    fc.property(fc.array(proportional, { maxLength: 3 }), fc.nat(30), (demands, tokens) => {
      const exact = truth(demands, tokens)
      const bound = dearestMoney(demands, tokens)
      const oneUnitEach = demands.reduce((sum, meterDemand) => sum + meterDemand.usdCentsPerUnit, 0)
      expect(bound).toBeLessThanOrEqual(exact + oneUnitEach)
    }),
    propertyRuns(3_000),
  )
})

test('exact where only one meter is demanded', () => {
  fc.assert(
    fc.property(demand, fc.nat(30), (meterDemand, tokens) => {
      expect(dearestMoney([meterDemand], tokens)).toBe(truth([meterDemand], tokens))
    }),
    propertyRuns(1_000),
  )
})

describe('under a new card that may price the units', () => {
  const rate = fc.record({
    milliTokensPerUnit: fc.integer({ min: 1, max: 6 }),
    usdCentsPerUnit: fc.integer({ min: 0, max: 9 }),
  })
  const mixed = fc.record({ units: fc.nat(2), rates: fc.array(rate, { minLength: 1, maxLength: 2 }) })
  type Mixed = { units: number; rates: readonly Omit<Demand, 'units'>[] }

  /** The most that money can have to pay, by trying every order of the units and every rate of each. */
  function truthOfAnyRate(demands: readonly Mixed[], tokens: number): number {
    return Math.max(
      0,
      ...demands.flatMap(({ units, rates }, index) => {
        if (units === 0) return []
        const left = demands.map((other, at) => (at === index ? { ...other, units: units - 1 } : other))
        return rates.map(({ milliTokensPerUnit, usdCentsPerUnit }) =>
          tokens >= milliTokensPerUnit
            ? truthOfAnyRate(left, tokens - milliTokensPerUnit)
            : usdCentsPerUnit + truthOfAnyRate(left, tokens),
        )
      }),
    )
  }

  test('never under the truth, whichever rate prices each unit', () => {
    fc.assert(
      fc.property(fc.array(mixed, { maxLength: 2 }), fc.nat(20), (meters, tokens) => {
        const row = { meter: 'm', api: 'a', baseUnit: 'job', unitSize: 1, freePerPeriod: 0 } as const
        const demands = meters.map(({ units, rates }) =>
          dearestDemand(
            rates.map((prices) => ({ ...row, ...prices })),
            units,
            0,
          ),
        )
        expect(dearestMoney(demands, tokens)).toBeGreaterThanOrEqual(truthOfAnyRate(meters, tokens))
      }),
      propertyRuns(3_000),
    )
  })

  test('the dearest money counts where a later card has more tokens and fewer cents', () => {
    const row = { meter: 'm', api: 'a', baseUnit: 'job', unitSize: 1, freePerPeriod: 0 } as const
    const rates = [
      { ...row, milliTokensPerUnit: 1_000, usdCentsPerUnit: 300 },
      { ...row, milliTokensPerUnit: 2_000, usdCentsPerUnit: 100 },
    ]
    expect(dearestMoney([dearestDemand(rates, 2, 0)], 0)).toBe(600)
  })

  test('the units that tokens pay are, at worst, those that are worth the least money', () => {
    const cheap = { units: 2, milliTokensPerUnit: 2, usdCentsPerUnit: 2 }
    const dear = { units: 3, milliTokensPerUnit: 1, usdCentsPerUnit: 5 }
    const money = (refusableMilliTokens: number, tokens: number) =>
      dearestMoney([{ ...dear, refusableMilliTokens }, cheap], tokens)
    // 3 of 4 tokens are spent, on one and a half cheap units: 19 - 3 cents.
    expect(money(2, 4)).toBe(16)
    // 5 of 6 are spent, on both cheap units and a dear one: 19 - 4 - 5.
    expect(money(2, 6)).toBe(10)
    // A unit that may cost 4 may be refused while 3 tokens are left.
    expect(money(4, 6)).toBe(16)
    // Any unit may be refused where units differ in size.
    expect(money(Number.POSITIVE_INFINITY, 6)).toBe(19)
    expect(money(Number.POSITIVE_INFINITY, 7)).toBe(0)
  })
})

describe('examples by hand', () => {
  const demandOf = (units: number, milliTokensPerUnit: number, usdCentsPerUnit: number) => {
    return { units, milliTokensPerUnit, usdCentsPerUnit }
  }
  test.each([
    // Two of the first are paid by tokens, so the second goes to money.
    ['units without a price in money', [demandOf(3, 1, 0), demandOf(1, 2, 9)], 2, 9],
    // One unit of the second meter goes to money in either order.
    ['a cheaper meter that is covered', [demandOf(1, 1, 0), demandOf(2, 2, 10)], 3, 10],
    // Tokens always pay for what costs none.
    ['units without a price in tokens', [demandOf(2, 0, 5), demandOf(1, 2, 7)], 1, 7],
    ['a meter without units', [demandOf(0, 3, 1), demandOf(3, 2, 5)], 4, 5],
    // The tokens pay for one of the first and one of the second.
    ['a unit that takes most tokens', [demandOf(1, 3, 0), demandOf(5, 1, 4)], 4, 16],
    ['units that the tokens do not reach', [demandOf(2, 3, 0), demandOf(5, 1, 4)], 4, 16],
    ['tokens that cover all', [demandOf(2, 3, 9), demandOf(1, 1, 4)], 7, 0],
  ] as const)('%s', (_, demands, tokens, usdCents) => {
    expect(dearestMoney(demands, tokens)).toBe(usdCents)
  })
})
