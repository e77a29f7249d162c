import { describe, expect, test } from 'vitest'
import { holdSecondsOf, leaseQuantity, reportQuantity, unlimited } from '../../client/leases/pace.ts'
import { createRateMeter } from '../../client/leases/rate-meter.ts'

/* 1,000 calls of a cheap meter earn a cent. */

const cheap = { cent: 1_000, waiting: 0, remaining: unlimited, holders: 64 }

describe('a lease', () => {
  test.each([
    ['a call a minute: what fifteen minutes use', { lately: 1 / 60, average: 1 / 60 }, 15],
    ['ten calls a second: a cent', { lately: 10, average: 10 }, 1_000],
    ['a hundred calls a second: a minute', { lately: 100, average: 100 }, 6_000],
    ['five thousand calls a second: fifty cents', { lately: 5_000, average: 5_000 }, 50_000],
    ['a million calls a second: one second', { lately: 1_000_000, average: 1_000_000 }, 1_000_000],
  ])('for %s', (_, rates, quantity) => {
    expect(leaseQuantity({ ...cheap, ...rates })).toBe(quantity)
  })

  test('is a share of what remains, so that no other holder is refused for it', () => {
    const hot = { ...cheap, lately: 5_000, average: 5_000 }
    expect(leaseQuantity({ ...hot, remaining: 128_000 })).toBe(1_000)
    expect(leaseQuantity({ ...hot, remaining: 127 })).toBe(1)
    expect(leaseQuantity({ ...hot, remaining: 127, waiting: 30 })).toBe(30)
  })

  test('covers only what waits where units are dear, and is reported at once', () => {
    const jobs = { ...cheap, cent: 1, lately: 20, average: 20 }
    expect(leaseQuantity({ ...jobs, waiting: 3 })).toBe(3)
    expect(reportQuantity(jobs)).toBe(1)
  })

  test('covers what fifteen minutes use where use costs nothing', () => {
    expect(leaseQuantity({ ...cheap, cent: unlimited, lately: 100, average: 100 })).toBe(90_000)
  })

  test('is never more than one request may ask for', () => {
    const rates = { lately: 1e9, average: 1e9 }
    expect(leaseQuantity({ ...cheap, ...rates, waiting: 5e9 })).toBe(1_000_000_000)
  })

  test('is held for several times its use, five minutes to an hour', () => {
    const pace = { cent: 1_000, average: 0 }
    expect(holdSecondsOf(50_000, { ...pace, lately: 5_000 })).toBe(300)
    expect(holdSecondsOf(1_000, { ...pace, lately: 2 })).toBe(2_000)
    expect(holdSecondsOf(15, { ...pace, lately: 0 })).toBe(3_600)
  })
})

describe('the rate', () => {
  test('is known after the first instants, and averages over a minute', () => {
    const meter = createRateMeter(0)
    expect(meter.rates(50, 100)).toEqual({ lately: 500, average: 500 })
    for (let second = 1; second <= 60; second += 1) meter.read(second * 100, second * 1_000)
    expect(meter.rates(6_000, 60_000).lately).toBeCloseTo(100)
    expect(meter.rates(6_000, 60_000).average).toBeGreaterThan(99)
  })

  test('rises at once and falls slowly', () => {
    const meter = createRateMeter(0)
    meter.read(1_000, 1_000)
    meter.read(1_000, 2_000)
    meter.read(1_000, 3_000)
    expect(meter.rates(1_000, 3_000).lately).toBeCloseTo(490)
  })
})
