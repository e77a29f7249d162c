import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Catalog,
  type FreeLimitStops,
  type Rate,
  type RateCard,
  rateAt,
  ratesAt,
  ratesBetween,
} from '../../core/catalog/catalog.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { World } from '../support/world.ts'

const jobs = 'model-derivative-complex-job'
const simple = 'model-derivative-simple-job'
const basic = 'model-derivative-basic'
const acad = 'automation-autocad'
const start = '2027-03-10T20:00:00Z'

const launchRows = ratesAt(launchCatalog, Date.parse(start))
const card = (meters: readonly Rate[]): RateCard => ({ version: 'changed', effectiveAt: 0, meters })

/** The launch card with another `freeLimitStops` of some meters. */
function catalogWith(stops: Readonly<Record<string, FreeLimitStops>>): Catalog {
  const meters = launchRows.map((row) => ({ ...row, freeLimitStops: stops[row.meter] ?? row.freeLimitStops }))
  return { ...launchCatalog, rateCards: [card(meters)] }
}

function freeWorld(catalog = launchCatalog): World {
  const world = new World(start, catalog)
  world.plan({ plan: 'free', payAsYouGo: false })
  return world
}

const isAllowed = (world: World, meter: string) => 'id' in world.ask(meter, 1)

const overruns = (world: World) =>
  world.entries.flatMap((entry) => (entry.kind === 'usage' ? [entry.isOverrun] : []))

describe('a used-up free amount', () => {
  test('stops all meters of its API and no other API', () => {
    const world = freeWorld()
    world.use(jobs, 20)
    expect([jobs, simple, basic, acad].map((meter) => isAllowed(world, meter))).toEqual([
      false,
      false,
      false,
      true,
    ])
  })

  test('that is held and not used stops its own meter only', () => {
    const world = freeWorld()
    const held = world.ask(jobs, 20)
    if (!('id' in held)) throw new Error(held.code)
    expect([jobs, basic].map((meter) => isAllowed(world, meter))).toEqual([false, true])
    world.capture(held.id, 20, true)
    expect([jobs, basic].map((meter) => isAllowed(world, meter))).toEqual([false, false])
  })

  test('stops only its own meter where the row says "meter", and the API can still stop that meter', () => {
    const catalog = catalogWith({ [basic]: 'meter' })
    const first = freeWorld(catalog)
    first.use(basic, 300_000)
    expect([basic, jobs].map((meter) => isAllowed(first, meter))).toEqual([false, true])
    const second = freeWorld(catalog)
    second.use(jobs, 20)
    expect([jobs, basic].map((meter) => isAllowed(second, meter))).toEqual([false, false])
  })

  test('is exceeded by use of its own meter, not by use of another meter of the stopped API', () => {
    const world = freeWorld()
    world.use(jobs, 20)
    world.use(jobs, 1)
    world.use(basic, 300_000)
    world.use(basic, 1)
    expect(overruns(world)).toEqual([false, true, false, true])
  })

  test('that is zero stops the API only when the meter is used', () => {
    const meters = launchRows.map((row) => (row.meter === simple ? { ...row, freePerPeriod: 0 } : row))
    const world = freeWorld({ ...launchCatalog, rateCards: [card(meters)] })
    expect(isAllowed(world, jobs)).toBe(true)
    world.use(simple, 1)
    expect(overruns(world)).toEqual([true])
    expect(isAllowed(world, jobs)).toBe(false)
  })

  test('stops exactly the meters that the rows of the card say', () => {
    const shared = launchRows.map(({ meter }) => meter)
    const choice = fc.constantFrom<FreeLimitStops>('meter', 'api')
    const stops = fc.dictionary(fc.constantFrom(...shared), choice)
    const use = fc.dictionary(fc.constantFrom(...shared), fc.constantFrom(0.5, 1, 1.5))
    fc.assert(
      fc.property(stops, use, (chosen, shares) => {
        const catalog = catalogWith(chosen)
        const world = freeWorld(catalog)
        const rows = ratesAt(catalog, world.now)
        for (const { meter, freePerPeriod } of rows)
          if (meter in shares) world.use(meter, freePerPeriod * (shares[meter] ?? 0))
        const full = rows.filter(({ meter }) => (shares[meter] ?? 0) >= 1)
        for (const { meter, api } of rows) {
          const isStopped = full.some(
            (row) => row.meter === meter || (row.api === api && row.freeLimitStops === 'api'),
          )
          expect([meter, isAllowed(world, meter)]).toEqual([meter, !isStopped])
        }
      }),
    )
  })
})

describe('a card that leaves out freeLimitStops', () => {
  const meterNames = [jobs, acad] as const
  const row = fc.record({
    meter: fc.constantFrom(...meterNames),
    stops: fc.constantFrom<FreeLimitStops | undefined>(undefined, 'meter', 'api'),
  })
  const cards = fc.array(fc.uniqueArray(row, { selector: ({ meter }) => meter }), { maxLength: 6 })

  test('keeps the value of the meter’s latest earlier row, and "meter" where there is none', () => {
    fc.assert(
      fc.property(cards, fc.nat(8), fc.nat(8), (rows, from, length) => {
        const catalog = { ...launchCatalog, rateCards: rows.map(toCard) }
        for (const meter of meterNames) {
          // The state of the meter at each instant, by a plain walk over the cards.
          const valueAt = (at: number) => {
            const named = rows.slice(0, at + 1).flatMap((card) => card.filter((row) => row.meter === meter))
            const value = named.findLast(({ stops }) => stops !== undefined)?.stops ?? 'meter'
            return named.length === 0 ? undefined : value
          }
          expect(rateAt(catalog, meter, from)?.freeLimitStops).toBe(valueAt(from))
          const all = ratesAt(catalog, from).find((rate) => rate.meter === meter)
          expect(all?.freeLimitStops).toBe(valueAt(from))
          const changes = rows.flatMap((named, at) => {
            const isInside = at > from && at < from + length && named.some((row) => row.meter === meter)
            return isInside ? [valueAt(at)] : []
          })
          const first = valueAt(from)
          expect(
            ratesBetween(catalog, meter, from, from + length).map((rate) => rate.freeLimitStops),
          ).toEqual(first === undefined ? changes : [first, ...changes])
        }
      }),
    )
  })

  function toCard(
    rows: readonly { readonly meter: string; readonly stops: FreeLimitStops | undefined }[],
    effectiveAt: number,
  ): RateCard {
    const meters = rows.flatMap(({ meter, stops }) => {
      const launched = launchRows.find((row) => row.meter === meter)
      return launched === undefined ? [] : [{ ...launched, freeLimitStops: stops }]
    })
    return { version: String(effectiveAt), effectiveAt, meters }
  }
})
