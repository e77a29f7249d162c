import { describe, expect, test } from 'vitest'
import { type Catalog, rateAt, ratesAt, ratesBetween } from '../../core/catalog/catalog.ts'
import { dayMs, hourMs } from '../../core/time/time.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { World } from '../support/world.ts'

const acad = 'automation-autocad'
const start = '2027-03-10T20:00:00Z'
const changeAt = Date.parse('2027-03-11T00:00:00Z')

/** The launch card, and from a midnight on another unit size and price of one meter. */
function changed(row: {
  unitSize?: number
  milliTokensPerUnit?: number
  usdCentsPerUnit?: number
  freePerPeriod?: number
}): Catalog {
  const today = rateAt(launchCatalog, acad, changeAt)
  if (today === undefined) throw new Error('AutoCAD is on the launch card')
  const card = { version: 'next', effectiveAt: changeAt, meters: [{ ...today, ...row }] }
  return { ...launchCatalog, rateCards: [...launchCatalog.rateCards, card] }
}

const createPaidWorld = (catalog: Catalog, tokens: number): World => {
  const world = new World(start, catalog)
  world.plan({ plan: 'paid', payAsYouGo: false })
  world.buy(tokens)
  return world
}
const codeOf = (answer: { id: string } | { code: string }) => ('code' in answer ? answer.code : 'allowed')

describe('a card', () => {
  const catalog = changed({ unitSize: 360 })

  test('changes the meters that it names from its first instant on, and leaves the others', () => {
    expect(rateAt(catalog, acad, changeAt - 1)?.unitSize).toBe(720)
    expect(rateAt(catalog, acad, changeAt)?.unitSize).toBe(360)
    expect(ratesAt(catalog, changeAt)).toHaveLength(10)
    expect(ratesBetween(catalog, acad, changeAt - hourMs, changeAt)).toHaveLength(1)
    expect(ratesBetween(catalog, acad, changeAt - hourMs, changeAt + 1)).toHaveLength(2)
    expect(rateAt(catalog, acad, Date.parse('2025-12-07T23:59:59Z'))).toBeUndefined()
  })

  test('that makes a unit smaller keeps the remainder, which the next use completes at the new price', () => {
    const world = createPaidWorld(changed({ unitSize: 300, milliTokensPerUnit: 500 }), 10)
    world.use(acad, 719)
    world.pass(5 * hourMs)
    expect(world.use(acad, 1)).toMatchObject([{ source: 'flex', units: 2, milliTokens: 1_000 }])
    expect(world.account.meters[acad]?.remainder).toBe(120)
  })

  test('charges a late event at the rates of its time', () => {
    const world = createPaidWorld(changed({ milliTokensPerUnit: 2_000 }), 10)
    world.pass(5 * hourMs)
    expect(world.use(acad, 720, 2 * hourMs)).toMatchObject([{ milliTokens: 1_000 }])
    expect(world.use(acad, 720)).toMatchObject([{ milliTokens: 2_000 }])
  })
})

describe('an authorization across a change of rates', () => {
  test('is covered at the dearer card, and so is always paid', () => {
    const world = createPaidWorld(changed({ milliTokensPerUnit: 2_000 }), 3)
    expect(codeOf(world.ask(acad, 1_440, 3 * 3_600))).toBe('allowed')
    const long = createPaidWorld(changed({ milliTokensPerUnit: 2_000 }), 3)
    expect(codeOf(long.ask(acad, 1_440, 5 * 3_600))).toBe('TOKENS_EXHAUSTED')
    const covered = long.ask(acad, 720, 5 * 3_600)
    if (!('id' in covered)) throw new Error(covered.code)
    long.pass(4.5 * hourMs)
    expect(long.capture(covered.id, 720, true)).toMatchObject([{ source: 'flex', milliTokens: 2_000 }])
  })

  test('is counted with an older, longer hold on its meter at the rates until that one ends', () => {
    const world = createPaidWorld(changed({ milliTokensPerUnit: 2_000 }), 2)
    const long = world.ask(acad, 720, 20 * 3_600)
    if (!('id' in long)) throw new Error(long.code)
    expect(codeOf(world.ask(acad, 720, 3_600))).toBe('TOKENS_EXHAUSTED')
    world.pass(5 * hourMs)
    expect(world.capture(long.id, 720, true)).toMatchObject([{ source: 'flex', milliTokens: 2_000 }])
  })

  test('is covered, too, where the new card counts smaller units and an old remainder fills one', () => {
    const world = createPaidWorld(changed({ unitSize: 300 }), 3)
    world.use(acad, 700)
    // 700 left over are two units of 300 from midnight on, and 300 more are a third.
    expect(codeOf(world.ask(acad, 301, 5 * 3_600))).toBe('TOKENS_EXHAUSTED')
    const held = world.ask(acad, 300, 5 * 3_600)
    if (!('id' in held)) throw new Error(held.code)
    world.pass(4.5 * hourMs)
    expect(world.capture(held.id, 300, true)).toMatchObject([{ source: 'flex', units: 3 }])
  })

  test('on the free plan stays within the smaller amount', () => {
    const world = new World(start, changed({ freePerPeriod: 1_000 }))
    world.plan({ plan: 'free', payAsYouGo: false })
    expect(codeOf(world.ask(acad, 1_001, 5 * 3_600))).toBe('FREE_LIMIT_REACHED')
    expect(codeOf(world.ask(acad, 1_001, 3_600))).toBe('allowed')
  })
})

describe('a card whose used-up amount stops the whole API', () => {
  test('a sibling meter is refused, another API is not', () => {
    const rateCards = launchCatalog.rateCards.map((card) => ({
      ...card,
      meters: card.meters.map((rate) =>
        rate.api === 'automation' ? { ...rate, freeLimitStops: 'api' as const } : rate,
      ),
    }))
    const world = new World(start, { ...launchCatalog, rateCards })
    world.plan({ plan: 'free', payAsYouGo: false })
    world.use(acad, 18_000)
    expect(codeOf(world.ask('automation-revit', 1))).toBe('FREE_LIMIT_REACHED')
    expect(codeOf(world.ask('reality-capture', 1))).toBe('allowed')
    world.pass(30 * dayMs)
    expect(codeOf(world.ask('automation-revit', 1))).toBe('allowed')
  })
})
