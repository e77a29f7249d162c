import fc from 'fast-check'
import { expect, test } from 'vitest'
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
