import { describe, expect, test } from 'vitest'
import { type Catalog, rateAt } from '../../core/catalog/catalog.ts'
import type { Entry, EntryOf, Usage } from '../../core/journal/entry.ts'
import { dayMs, hourMs, minuteMs } from '../../core/time/time.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { World } from '../support/world.ts'

const acad = 'automation-autocad'
const start = '2027-03-10T10:00:00Z'
const unit = 720

/** The launch catalog, and from an instant on other figures of one meter. */
function changedAt(
  at: string,
  row: { unitSize?: number; milliTokensPerUnit?: number; usdCentsPerUnit?: number },
): Catalog {
  const effectiveAt = Date.parse(at)
  const today = rateAt(launchCatalog, acad, effectiveAt)
  if (today === undefined) throw new Error('AutoCAD is on the launch card')
  const card = { version: 'next', effectiveAt, meters: [{ ...today, ...row }] }
  return { ...launchCatalog, rateCards: [...launchCatalog.rateCards, card] }
}

function paidWorld(catalog = launchCatalog, money = false): World {
  const world = new World(start, catalog)
  world.plan({ plan: 'paid', payAsYouGo: money })
  if (!money) world.buy(100)
  return world
}

const capOf = (world: World, quoteId: string) => {
  const made = world.quotes.get(quoteId)
  return made && [made.milliTokens, made.usdCents]
}

/** An authorization under a quote; throws if it is denied. */
function grant(world: World, quoteId: string, quantity: number, holdSeconds = 3_600): string {
  const asked = world.ask(acad, quantity, holdSeconds, { quoteId })
  if ('code' in asked) throw new Error(asked.code)
  return asked.id
}

const usageOf = (entry: Entry | undefined): Usage => {
  if (entry?.kind !== 'capture') throw new Error('the last entry is a capture')
  return entry.usage
}
const lastUsage = (world: World) => usageOf(world.entries.at(-1))
const unitsOf = (world: World) => lastUsage(world).charges.reduce((sum, { units }) => sum + units, 0)

describe('a quote', () => {
  test('rounds up to whole units: the remainder of a meter may complete one more', () => {
    const world = paidWorld()
    expect(capOf(world, world.quote(acad, 1))).toEqual([1_000, 300])
    expect(capOf(world, world.quote(acad, unit))).toEqual([1_000, 300])
    expect(capOf(world, world.quote(acad, unit + 1))).toEqual([2_000, 600])
  })

  test('has the dearest rate that is known until the last authorization under it can end', () => {
    const dearer = { milliTokensPerUnit: 1_500, usdCentsPerUnit: 450 }
    const untilDay = paidWorld(changedAt('2027-03-11T11:14:00Z', dearer))
    expect(capOf(untilDay, untilDay.quote(acad, unit))).toEqual([1_500, 450])
    const later = paidWorld(changedAt('2027-03-11T11:15:00Z', dearer))
    expect(capOf(later, later.quote(acad, unit))).toEqual([1_000, 300])
    expect(capOf(later, later.quote(acad, unit, 3_601))).toEqual([1_500, 450])
  })

  test('stays at the rate of today where a later card is cheaper', () => {
    const world = paidWorld(changedAt('2027-03-10T12:00:00Z', { milliTokensPerUnit: 10, usdCentsPerUnit: 3 }))
    expect(capOf(world, world.quote(acad, unit))).toEqual([1_000, 300])
  })

  test('counts a remainder that a smaller unit completes', () => {
    const world = paidWorld(changedAt('2027-03-10T12:00:00Z', { unitSize: 100 }))
    world.use(acad, 650)
    expect(capOf(world, world.quote(acad, 100))).toEqual([7_000, 2_100])
  })

  test('is of nothing on a free plan, and not valid once the team pays', () => {
    const world = new World(start)
    world.plan({ plan: 'free', payAsYouGo: false })
    const quoteId = world.quote(acad, 100)
    expect(capOf(world, quoteId)).toEqual([0, 0])
    expect(world.ask(acad, 100, 3_600, { quoteId })).toHaveProperty('id')
    world.plan({ plan: 'paid', payAsYouGo: true })
    expect(world.ask(acad, 100, 3_600, { quoteId })).toEqual({ code: 'QUOTE_NOT_VALID' })
  })

  test('stays valid where a paid plan becomes free, which charges nothing', () => {
    const world = paidWorld()
    world.plan({ plan: 'free', payAsYouGo: false })
    world.now = Date.parse('2027-03-31T23:59:00Z')
    world.pass(0)
    const quoteId = world.quote(acad, 100)
    world.pass(2 * minuteMs)
    const id = grant(world, quoteId, 100)
    expect(world.authorizations.get(id)).toMatchObject({ funding: 'free', quoteId })
    expect(world.authorizations.get(id)).not.toHaveProperty('cap')
  })

  test.each([
    ['unknown', (world: World) => world.ask(acad, 1, 60, { quoteId: 'no-quote' })],
    [
      'another meter',
      (world: World) => world.ask('automation-revit', 1, 60, { quoteId: world.quote(acad, 100) }),
    ],
    ['a larger quantity', (world: World) => world.ask(acad, 101, 60, { quoteId: world.quote(acad, 100) })],
  ])('denies an authorization under it that is not of its use: %s', (_, ask) => {
    expect(ask(paidWorld())).toEqual({ code: 'QUOTE_NOT_VALID' })
  })

  test('may be used until its end, and not from then on', () => {
    const world = paidWorld()
    const quoteId = world.quote(acad, 100, 60)
    world.pass(minuteMs - 1)
    expect(world.ask(acad, 100, 60, { quoteId })).toHaveProperty('id')
    world.pass(1)
    expect(world.ask(acad, 100, 60, { quoteId })).toEqual({ code: 'QUOTE_NOT_VALID' })
  })

  test('is part of the content of an id', () => {
    const world = paidWorld()
    const quoteId = world.quote(acad, 100)
    grant(world, quoteId, 100)
    const first = world.entries.findLast((entry) => entry.kind === 'authorization')
    const earlier = { grant: first as EntryOf<'authorization'>, latest: first?.authorization }
    if (earlier.latest === undefined) throw new Error('granted')
    const { authorizationId, appId, meter, quantity, holdSeconds } = earlier.latest
    const command = { kind: 'authorize', authorizationId, appId, meter, quantity, holdSeconds } as const
    const context = { ...world.context, app: world.app, earlier: { ...earlier, latest: earlier.latest } }
    expect(world.decide(command, context)).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
    expect(world.decide({ ...command, quoteId }, context)).not.toHaveProperty('refused')
  })
})

describe('use beyond the quoted quantity', () => {
  test('is recorded as an overrun, and charged to nobody', () => {
    const world = paidWorld()
    const id = grant(world, world.quote(acad, unit), unit)
    world.capture(id, 3 * unit)
    expect(world.entries.at(-1)).toMatchObject({
      isOverrun: true,
      usage: { quantity: 3 * unit, waived: 2 * unit },
    })
    expect(unitsOf(world)).toBe(1)
    expect(world.account.meters[acad]?.remainder).toBe(0)
    world.capture(id, 5 * unit)
    expect(lastUsage(world)).toMatchObject({ quantity: 2 * unit, waived: 2 * unit, charges: [] })
    expect(world.account.meters[acad]?.remainder).toBe(0)
    expect(world.account.lots[0]?.remaining).toBe(99_000)
  })

  test('is charged as far as it is quoted, where less was authorized', () => {
    const world = paidWorld()
    const id = grant(world, world.quote(acad, 2 * unit), unit)
    world.capture(id, 3 * unit)
    expect(lastUsage(world)).toMatchObject({ quantity: 3 * unit, waived: unit })
    expect(unitsOf(world)).toBe(2)
  })

  test('is charged as usual without a quote', () => {
    const world = paidWorld()
    const asked = world.ask(acad, unit)
    if ('id' in asked) world.capture(asked.id, 3 * unit)
    expect(lastUsage(world)).not.toHaveProperty('waived')
    expect(unitsOf(world)).toBe(3)
  })

  test('leaves a late report within the quantity to be charged', () => {
    const world = paidWorld()
    const id = grant(world, world.quote(acad, 2 * unit), 2 * unit, 60)
    world.pass(2 * hourMs)
    world.capture(id, 2 * unit + 1)
    expect(world.entries.at(-1)).toMatchObject({ isLate: true, usage: { waived: 1 } })
    expect(unitsOf(world)).toBe(2)
  })
})

describe('a capture under a quote', () => {
  test('stays under the cap where a card that was published later is dearer', () => {
    const world = paidWorld()
    const id = grant(world, world.quote(acad, 4 * unit), 4 * unit, 86_400)
    world.catalog = changedAt('2027-03-11T00:00:00Z', { milliTokensPerUnit: 3_000, usdCentsPerUnit: 900 })
    world.pass(dayMs - hourMs)
    world.capture(id, 4 * unit, true)
    // Four units at 1 token were quoted. At 3 tokens, one unit fits.
    expect(lastUsage(world)).toMatchObject({ waived: 3 * unit })
    expect(world.account.lots[0]?.remaining).toBe(97_000)
    expect(world.account.meters[acad]?.remainder).toBe(0)
    expect(world.authorizations.get(id)?.cap).toEqual({
      quantity: 4 * unit,
      milliTokens: 4_000,
      usdCents: 1_200,
      chargedMilliTokens: 3_000,
      chargedUsdCents: 900,
    })
  })

  test('completes no second unit with what others left, and leaves that to them', () => {
    const world = paidWorld()
    world.use(acad, unit - 1)
    const id = grant(world, world.quote(acad, 10), 10)
    world.capture(id, 1)
    expect(unitsOf(world)).toBe(1)
    world.use(acad, unit - 1)
    world.capture(id, 2)
    expect(lastUsage(world)).toMatchObject({ quantity: 1, waived: 1, charges: [] })
    expect(world.account.meters[acad]?.remainder).toBe(unit - 1)
  })

  test('completes no old remainder that a smaller unit makes whole', () => {
    const world = paidWorld()
    const id = grant(world, world.quote(acad, 100), 100, 86_400)
    world.use(acad, 700)
    world.catalog = changedAt('2027-03-11T00:00:00Z', { unitSize: 100 })
    world.pass(dayMs - hourMs)
    world.capture(id, 100, true)
    // One unit was quoted, and the old remainder alone has seven: nothing of it can be charged to this use.
    expect(lastUsage(world)).toMatchObject({ waived: 100, charges: [] })
    expect(world.account.meters[acad]?.remainder).toBe(700)
  })

  test('counts units at both prices, so that money and tokens together stay within the cap', () => {
    const world = paidWorld(launchCatalog, true)
    world.buy(2)
    const id = grant(world, world.quote(acad, 4 * unit), 4 * unit)
    world.capture(id, 5 * unit)
    const sources = lastUsage(world).charges.map(({ source, units }) => [source, units])
    expect(sources).toEqual([
      ['flex', 2],
      ['pay-as-you-go', 2],
    ])
    expect(lastUsage(world).waived).toBe(unit)
  })

  test('gives back what it was charged, and not what nobody paid, when it is taken back', () => {
    const world = paidWorld()
    const before = world.account
    const id = grant(world, world.quote(acad, unit), unit)
    world.capture(id, 3 * unit)
    world.reverse(world.entries.at(-1))
    expect(world.account.lots).toEqual(before.lots)
    expect(world.account.meters[acad]?.remainder ?? 0).toBe(0)
  })
})

test('the least quantity may be granted where the quote has less than all', () => {
  const world = paidWorld()
  const quoteId = world.quote(acad, 500)
  const asked = { appId: 'app', meter: acad, quantity: 900, quantityMin: 400, holdSeconds: 60, quoteId }
  const quote = world.quotes.get(quoteId)
  const context = { ...world.context, app: world.app, ...(quote && { quote }) }
  const decided = world.decide({ kind: 'authorize', authorizationId: 'a', ...asked }, context)
  expect(decided).toMatchObject({ answer: { entry: { authorization: { quantity: 500 } } } })
})
