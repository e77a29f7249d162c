import { describe, expect, test } from 'vitest'
import { emptyAccount, noMeterState } from '../../core/account/account.ts'
import { completableDemands, dearestDemand, lastHoldEnd } from '../../core/funding/demand.ts'
import { launchCatalog } from '../support/launch-catalog.ts'

const rateOf = (unitSize: number, milliTokensPerUnit: number, usdCentsPerUnit: number) => {
  const row = { meter: 'm', api: 'a', baseUnit: 'jobs', freePerPeriod: 0 }
  return { ...row, unitSize, milliTokensPerUnit, usdCentsPerUnit }
}

describe('the dearest demand', () => {
  test('has the prices of a single rate', () => {
    expect(dearestDemand([rateOf(2, 3_000, 900)], 5, 0)).toStrictEqual({
      units: 3,
      milliTokensPerUnit: 3_000,
      usdCentsPerUnit: 900,
    })
  })

  test('without units has no unit to refuse', () => {
    expect(dearestDemand([rateOf(2, 3_000, 900)], 0, 0)).toStrictEqual({
      units: 0,
      milliTokensPerUnit: 3_000,
      usdCentsPerUnit: 900,
    })
    expect(dearestDemand([], 5, 0)).toStrictEqual({ units: 0, milliTokensPerUnit: 0, usdCentsPerUnit: 0 })
  })

  test('counts the units of a rate that takes no tokens', () => {
    expect(dearestDemand([rateOf(1, 0, 5)], 2, 0)).toStrictEqual({
      units: 2,
      milliTokensPerUnit: 0,
      usdCentsPerUnit: 5,
    })
  })

  test('keeps the dearer rate, whichever comes first', () => {
    const [dear, cheap] = [rateOf(1, 3, 9), rateOf(1, 1, 3)]
    const expected = { units: 2, milliTokensPerUnit: 3, usdCentsPerUnit: 9, refusableMilliTokens: 3 }
    expect(dearestDemand([dear, cheap], 2, 0)).toStrictEqual(expected)
    expect(dearestDemand([cheap, dear], 2, 0)).toStrictEqual(expected)
  })

  test('keeps the first of equally dear rates', () => {
    const [small, large] = [rateOf(1, 1, 3), rateOf(2, 2, 6)]
    const refusableMilliTokens = Number.POSITIVE_INFINITY
    expect(dearestDemand([small, large], 4, 0)).toStrictEqual({
      ...{ units: 4, milliTokensPerUnit: 1, usdCentsPerUnit: 3 },
      refusableMilliTokens,
    })
  })

  test('has the dearest unit to refuse where the rates differ, in money alone too', () => {
    const refusable = (...others: readonly ReturnType<typeof rateOf>[]) =>
      dearestDemand([rateOf(1, 2, 6), ...others], 1, 0).refusableMilliTokens
    expect(refusable(rateOf(1, 2, 6))).toBeUndefined()
    expect(refusable(rateOf(1, 2, 7))).toBe(2)
    expect(refusable(rateOf(1, 1, 6))).toBe(2)
    expect(refusable(rateOf(1, 5, 6), rateOf(1, 2, 6))).toBe(5)
    expect(refusable(rateOf(1, 2, 6), rateOf(2, 2, 6))).toBe(Number.POSITIVE_INFINITY)
  })

  test('counts a remainder that a smaller unit has made whole', () => {
    expect(dearestDemand([rateOf(2, 1, 3)], 1, 5)).toStrictEqual({
      units: 3,
      milliTokensPerUnit: 1,
      usdCentsPerUnit: 3,
    })
  })
})

const now = Date.parse('2027-01-25T10:00:00Z')
const held = { ...noMeterState, paid: [{ expiresAt: now + 1_000, quantity: 5 }] }

test('a meter that no card names completes nothing', () => {
  const account = { ...emptyAccount('acme'), meters: { unknown: held, 'model-derivative-complex-job': held } }
  expect(completableDemands(account, now, { now, catalog: launchCatalog })).toEqual([
    {
      meter: 'model-derivative-complex-job',
      quantity: 5,
      units: 2,
      milliTokensPerUnit: 3_000,
      usdCentsPerUnit: 900,
    },
  ])
})

test('the last hold ends where the latest of any meter ends; meters without holds do not count', () => {
  const later = { ...noMeterState, paid: [{ expiresAt: now + 2_000, quantity: 1 }] }
  const account = { ...emptyAccount('acme'), meters: { a: noMeterState, b: later, c: held } }
  expect(lastHoldEnd(account)).toBe(now + 2_000)
  expect(lastHoldEnd({ ...account, meters: { a: noMeterState } })).toBeUndefined()
})
