import { describe, expect, test } from 'vitest'
import { dayMs, hourMs } from '../../core/time/time.ts'
import { World } from '../support/world.ts'

const acad = 'automation-autocad'
const jobs = 'model-derivative-complex-job'

function createPaidWorld(): World {
  const world = new World('2027-01-25T10:00:00Z')
  world.plan({ plan: 'paid', payAsYouGo: false })
  return world
}

const codeOf = (answer: { id: string } | { code: string }) => ('code' in answer ? answer.code : 'allowed')

describe('held and requested quantities are rounded up to whole units', () => {
  test('even one second needs a whole unit, for as long as it is held', () => {
    const world = createPaidWorld()
    world.buy(1, 365 * dayMs)
    // The token is gone at midnight: a hold beyond that has nothing behind it, however small it is.
    expect(codeOf(world.ask(acad, 1, 6 * 3_600))).toBe('allowed')
    expect(codeOf(world.ask(acad, 1, 20 * 3_600))).toBe('TOKENS_EXHAUSTED')
  })

  test('an older, longer hold keeps its own token while a shorter one fills the remainder', () => {
    const world = createPaidWorld()
    world.buy(1, 365 * dayMs)
    world.buy(1)
    const long = world.ask(acad, 700, 20 * 3_600)
    const short = world.ask(acad, 700, 3_600)
    if (!('id' in long) || !('id' in short)) throw new Error('both are backed')
    expect(world.capture(short.id, 700, true)).toEqual([])
    world.pass(15 * hourMs)
    expect(world.account.lots).toHaveLength(1)
    expect(world.capture(long.id, 700, true)).toMatchObject([{ source: 'flex', units: 1 }])
  })

  test('meters are backed together', () => {
    const world = createPaidWorld()
    world.buy(3)
    expect(codeOf(world.ask(jobs, 2))).toBe('allowed')
    expect(codeOf(world.ask(acad, 1))).toBe('TOKENS_EXHAUSTED')
  })
})

describe('use without an authorization leaves the backing alone', () => {
  test('a usage event is shortfall rather than paid from what backs an open authorization', () => {
    const world = createPaidWorld()
    world.buy(2)
    const held = world.ask(acad, 1_440)
    if (!('id' in held)) throw new Error(held.code)
    expect(world.use(jobs, 1)).toEqual([])
    expect(world.use(acad, 720)).toMatchObject([{ source: 'shortfall', units: 1 }])
    expect(world.capture(held.id, 1_440, true)).toMatchObject([{ source: 'flex', units: 2 }])
  })

  test('the one exception: a unit completed with an older remainder, which other use then fills again', () => {
    const world = createPaidWorld()
    world.buy(1)
    world.use(acad, 700)
    const held = world.ask(acad, 720)
    if (!('id' in held)) throw new Error(held.code)
    expect(world.capture(held.id, 20)).toMatchObject([{ source: 'flex', units: 1 }])
    expect(world.use(acad, 700)).toEqual([])
    // 20 of the event's 700 seconds complete the second unit: the shortfall is the event's, not the promise's.
    expect(world.capture(held.id, 720, true)).toMatchObject([{ source: 'shortfall', units: 1 }])
  })

  test('the unit completed with a remainder is never paid from the backing of another meter', () => {
    const world = createPaidWorld()
    world.buy(2)
    world.use(acad, 700)
    const held = world.ask(acad, 720)
    const other = world.ask('automation-inventor', 720)
    if (!('id' in held) || !('id' in other)) throw new Error('both are backed')
    world.capture(held.id, 20)
    world.use(acad, 700)
    expect(world.capture(held.id, 720, true)).toMatchObject([{ source: 'shortfall', units: 1 }])
    expect(world.capture(other.id, 720, true)).toMatchObject([{ source: 'flex', units: 1 }])
  })
})

describe('money behind a promise', () => {
  test('a spend limit that is lowered, or pay-as-you-go that is switched off, leaves promises as they were', () => {
    const world = createPaidWorld()
    world.plan({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 900 })
    const held = world.ask(acad, 2_160)
    if (!('id' in held)) throw new Error(held.code)
    world.plan({ plan: 'paid', payAsYouGo: false })
    expect(codeOf(world.ask(acad, 1))).toBe('TOKENS_EXHAUSTED')
    expect(world.capture(held.id, 2_160, true)).toMatchObject([
      { source: 'pay-as-you-go', units: 3, usdCents: 900 },
    ])
  })

  test('tokens and a spend limit together: each unit whole from one of them', () => {
    const world = createPaidWorld()
    world.plan({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 900 })
    world.buy(2)
    expect(codeOf(world.ask(jobs, 2))).toBe('allowed')
    expect(codeOf(world.ask(jobs, 2))).toBe('SPEND_LIMIT_REACHED')
  })

  test('shortfall is paid by the next month’s spend limit', () => {
    const world = createPaidWorld()
    world.plan({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 300 })
    world.use(acad, 1_440)
    expect(world.account.shortfall).toMatchObject([{ meter: acad, units: 1 }])
    expect(codeOf(world.ask(acad, 1))).toBe('SHORTFALL_DUE')
    world.pass(8 * dayMs)
    expect(world.account.shortfall).toEqual([])
    expect(world.account.meters[acad]?.current).toMatchObject({ free: 0, units: 1, usdCents: 300 })
  })
})
