import { describe, expect, test } from 'vitest'
import { rateAt } from '../../core/catalog/catalog.ts'
import { lotOf } from '../../core/commands/grant-lot.ts'
import { dayMs, hourMs } from '../../core/time/time.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { World } from '../support/world.ts'

const acad = 'automation-autocad'
const inventor = 'automation-inventor'
const jobs = 'model-derivative-complex-job'

function createPaidWorld(start: string, money?: { readonly spendLimitUsdCents?: number }): World {
  const world = new World(start)
  world.plan({ plan: 'paid', payAsYouGo: money !== undefined, ...money })
  return world
}

function hold(world: World, meter: string, quantity: number, holdSeconds?: number): string {
  const answer = world.ask(meter, quantity, holdSeconds)
  if (!('id' in answer)) throw new Error(answer.code)
  return answer.id
}

const inMoney = (units: number, period = '2027-01') => {
  return { source: 'pay-as-you-go', meter: acad, units, usdCents: 300 * units, period }
}
const inTokens = (units: number, lotId: string) => {
  const milliTokens = 1_000 * units
  return { source: 'flex', meter: acad, units, milliTokens, lots: [{ lotId, milliTokens }] }
}
const inShortfall = (units: number) => {
  return { source: 'shortfall', meter: acad, units, milliTokensPerUnit: 1_000, usdCentsPerUnit: 300 }
}

describe('work that was not held', () => {
  test('is paid by tokens, then by money, and the rest is shortfall', () => {
    const world = createPaidWorld('2027-01-25T10:00:00Z', { spendLimitUsdCents: 700 })
    world.buy(1)
    expect(world.use(acad, 4 * 720)).toEqual([inTokens(1, 'lot-1'), inMoney(2), inShortfall(1)])
  })

  test('from last month is paid by the remainder of last month’s limit', () => {
    const world = createPaidWorld('2027-01-31T10:00:00Z', { spendLimitUsdCents: 900 })
    world.use(acad, 1_440)
    world.pass(dayMs)
    expect(world.use(acad, 1_440, 12 * hourMs)).toEqual([inMoney(1), inShortfall(1)])
  })

  test('is paid by tokens that cost nothing, without a lot', () => {
    const rate = rateAt(launchCatalog, acad, Date.parse('2027-01-25T10:00:00Z'))
    if (rate === undefined) throw new Error('AutoCAD is on the launch card')
    const meters = [{ ...rate, milliTokensPerUnit: 0 }]
    const card = { version: 'gift', effectiveAt: Date.parse('2027-01-01T00:00:00Z'), meters }
    const catalog = { ...launchCatalog, rateCards: [...launchCatalog.rateCards, card] }
    const world = new World('2027-01-25T10:00:00Z', catalog)
    world.plan({ plan: 'paid', payAsYouGo: false })
    expect(world.use(acad, 720)).toEqual([
      { source: 'flex', meter: acad, units: 1, milliTokens: 0, lots: [] },
    ])
  })
})

describe('work that was held', () => {
  test('on tokens and money takes any token: money pays for the others', () => {
    const world = createPaidWorld('2027-01-25T10:00:00Z', { spendLimitUsdCents: 300 })
    world.buy(1)
    const [first, second] = [hold(world, acad, 720), hold(world, acad, 720)]
    expect(world.capture(first, 720, true)).toEqual([inTokens(1, 'lot-1')])
    expect(world.capture(second, 720, true)).toEqual([inMoney(1)])
  })

  test('on money without a limit is paid after pay-as-you-go is switched off', () => {
    const world = createPaidWorld('2027-01-25T10:00:00Z', {})
    const id = hold(world, acad, 7_200)
    world.plan({ plan: 'paid', payAsYouGo: false })
    expect(world.capture(id, 7_200, true)).toEqual([inMoney(10)])
  })

  test('never passes the limit of its grant, also where a remainder completes one more unit', () => {
    const world = createPaidWorld('2027-01-25T10:00:00Z', { spendLimitUsdCents: 300 })
    world.use(acad, 700)
    const id = hold(world, acad, 720)
    expect(world.capture(id, 20)).toEqual([inMoney(1)])
    expect(world.use(acad, 700)).toEqual([])
    expect(world.capture(id, 720, true)).toEqual([inShortfall(1)])
  })
})

test('shortfall is paid oldest first: a token that does not pay the oldest unit pays none', () => {
  const world = createPaidWorld('2027-01-25T10:00:00Z')
  world.use(jobs, 2)
  world.use(acad, 720)
  world.buy(1)
  const jobRow = { entry: 3, meter: jobs, units: 1, milliTokensPerUnit: 3_000, usdCentsPerUnit: 900 }
  const acadRow = { entry: 4, meter: acad, units: 1, milliTokensPerUnit: 1_000, usdCentsPerUnit: 300 }
  const granted = { kind: 'lot-granted', teamId: 'acme', at: world.now }
  const lot = (lotId: string, tokens: number) => lotOf(lotId, tokens, world.now)
  const first = { ...granted, version: 5, lot: lot('lot-3', 1), paidShortfall: [] }
  expect(world.entries.at(-1)).toEqual(first)
  expect(world.account.shortfall).toEqual([jobRow, acadRow])
  world.buy(2)
  const lots = [
    { lotId: 'lot-3', milliTokens: 1_000 },
    { lotId: 'lot-4', milliTokens: 2_000 },
  ]
  const charge = { source: 'flex', meter: jobs, units: 1, milliTokens: 3_000, lots, pays: 3 }
  expect(world.entries.at(-1)).toEqual({
    ...first,
    version: 6,
    lot: lot('lot-4', 2),
    paidShortfall: [charge],
  })
  expect(world.account.shortfall).toEqual([acadRow])
})

describe('an allowed authorization says what pays next and what is left', () => {
  const answerOf = (world: World) => {
    const entry = world.entries.at(-1)
    return entry?.kind === 'authorization' ? { by: entry.fundedBy, remaining: entry.remaining } : undefined
  }

  test('counts tokens down to the last unit', () => {
    const world = createPaidWorld('2027-01-25T10:00:00Z')
    world.buy(1)
    hold(world, acad, 1)
    expect(answerOf(world)).toEqual({ by: 'flex', remaining: 719 })
    hold(world, acad, 719)
    expect(answerOf(world)).toEqual({ by: 'flex', remaining: 0 })
    expect(world.ask(acad, 1)).toEqual({ code: 'TOKENS_EXHAUSTED' })
  })

  test('states the rest of a spend limit, and no rest without a limit', () => {
    const world = createPaidWorld('2027-01-25T10:00:00Z', { spendLimitUsdCents: 650 })
    hold(world, acad, 1)
    expect(answerOf(world)).toEqual({ by: 'pay-as-you-go', remaining: 1_439 })
    world.plan({ plan: 'paid', payAsYouGo: true })
    hold(world, acad, 1)
    expect(answerOf(world)).toEqual({ by: 'pay-as-you-go', remaining: undefined })
  })

  test('states the rest of the free amount or of the app’s limit, whichever is smaller, down to the last unit', () => {
    const world = new World('2027-01-25T10:00:00Z')
    world.plan({ plan: 'free', payAsYouGo: false })
    world.use(jobs, 5)
    hold(world, jobs, 3)
    expect(answerOf(world)).toEqual({ by: 'free', remaining: 12 })
    const limit = { appId: 'app', meter: jobs, perPeriod: 10, used: 5, held: [] }
    world.account = { ...world.account, limits: [limit] }
    hold(world, jobs, 2)
    expect(answerOf(world)).toEqual({ by: 'free', remaining: 3 })
    hold(world, jobs, 3)
    expect(answerOf(world)).toEqual({ by: 'free', remaining: 0 })
    expect(world.ask(jobs, 1)).toEqual({ code: 'APP_LIMIT_REACHED' })
    world.account = { ...world.account, limits: [] }
    hold(world, jobs, 7)
    expect(world.ask(jobs, 1)).toEqual({ code: 'FREE_LIMIT_REACHED' })
  })

  test('states nothing for an API that is not rated', () => {
    const world = createPaidWorld('2027-01-25T10:00:00Z')
    hold(world, 'data-management', 9)
    expect(answerOf(world)).toEqual({ by: 'unrated', remaining: undefined })
    expect(world.account.meters[inventor]).toBeUndefined()
  })
})
