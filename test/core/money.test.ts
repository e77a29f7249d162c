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
})
