import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noTally, type Tally } from '../../core/account/account.ts'
import { pricesMax } from '../../core/account/bounds.ts'
import { addUnits, pricesOf, takeUnits } from '../../core/account/tally.ts'
import { linesOf } from '../../core/invoice/invoice.ts'

const at = (price: number, units = 1, lateUnits = 0) => ({ units, usdCents: price * units, lateUnits })
const tallyOf = (...added: readonly ReturnType<typeof at>[]) => added.reduce(addUnits, noTally)

describe('a tally', () => {
  test('has no prices while all units have one price', () => {
    expect(tallyOf(at(500), at(500, 2, 1))).toEqual({ free: 0, units: 3, usdCents: 1_500, lateUnits: 1 })
    expect(tallyOf(at(0, 2))).toEqual({ free: 0, units: 2, usdCents: 0, lateUnits: 0 })
  })

  test('counts the units of each price once there is a second one', () => {
    expect(tallyOf(at(900, 2, 1), at(500), at(900))).toEqual({
      free: 0,
      units: 4,
      usdCents: 3_200,
      lateUnits: 1,
      prices: [
        { usdCentsPerUnit: 900, units: 3, lateUnits: 1 },
        { usdCentsPerUnit: 500, units: 1, lateUnits: 0 },
      ],
    })
  })

  test('loses a price with its last unit, and the rows with the last but one price', () => {
    const tally = tallyOf(at(500), at(900, 2, 1), at(700))
    expect(pricesOf(takeUnits(tally, at(700)))).toHaveLength(2)
    expect(takeUnits(takeUnits(tally, at(700)), at(500))).toEqual(tallyOf(at(900, 2, 1)))
    expect(takeUnits(tallyOf(at(500)), at(500))).toEqual(noTally)
  })

  test('counts further prices than the bound in its sums alone', () => {
    const many = Array.from({ length: pricesMax + 2 }, (_, n) => at(100 + n, n + 1))
    const tally = tallyOf(...many)
    expect(tally.prices).toHaveLength(pricesMax)
    const lines = linesOf('m', tally)
    const [last, former] = [many.at(-1), many.at(-2)]
    expect(lines.slice(0, -1).map((line) => line.unitPriceUsdCents)).toEqual(
      many.slice(0, pricesMax).map(({ usdCents, units }) => usdCents / units),
    )
    expect(lines.at(-1)).toEqual({
      meter: 'm',
      units: (last?.units ?? 0) + (former?.units ?? 0),
      usdCents: (last?.usdCents ?? 0) + (former?.usdCents ?? 0),
      lateUnits: 0,
    })
    expect(many.reduce(takeUnits, tally)).toEqual(noTally)
  })
})

const added = fc
  .record({ price: fc.nat({ max: 24 }), units: fc.nat({ max: 5 }), isLate: fc.boolean() })
  .map(({ price, units, isLate }) => at(price, units, isLate ? units : 0))

test('lines add up to the tally whatever is added and taken back, and have exact prices', () => {
  const check = (tally: Tally) => {
    const lines = linesOf('m', tally)
    const sum = (field: 'units' | 'usdCents' | 'lateUnits') =>
      lines.reduce((total, line) => total + line[field], 0)
    expect([sum('units'), sum('usdCents'), sum('lateUnits')]).toEqual([
      tally.units,
      tally.usdCents,
      tally.lateUnits,
    ])
    for (const { units, usdCents, unitPriceUsdCents } of lines) {
      expect(units).toBeGreaterThan(0)
      if (unitPriceUsdCents !== undefined) expect(usdCents).toBe(units * unitPriceUsdCents)
    }
  }
  fc.assert(
    fc.property(fc.array(added, { maxLength: 40 }), fc.nat(), (charges, seed) => {
      const tally = tallyOf(...charges)
      check(tally)
      const order = charges.toSorted((a, b) => ((a.usdCents * seed) % 7) - ((b.usdCents * seed) % 7))
      let left = tally
      for (const charge of order) {
        left = takeUnits(left, charge)
        check(left)
      }
      expect(left).toEqual(noTally)
    }),
  )
})
