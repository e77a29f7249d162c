import { describe, expect, test } from 'vitest'
import { meterState } from '../../core/account/account.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import { authorizeNew } from '../../core/commands/authorize.ts'
import { eventsOf } from '../../core/events/events-of.ts'
import { dayMs, hourMs, minuteMs } from '../../core/time/time.ts'
import { withIncluded } from '../support/included-catalog.ts'
import { World } from '../support/world.ts'

/* AutoCAD: 720 seconds are 1 token; free are 18,000 seconds; its API is stopped as a whole. */
const acad = 'automation-autocad'
const revit = 'automation-revit'
const build = { product: 'build', meter: acad, perPeriod: 100 }
const small = { product: 'small', meter: acad, perPeriod: 25 }
const forever = { product: 'build', from: '2027-01-01' }

const worldAt = (now: string, catalog: Catalog = withIncluded(build, small)) => new World(now, catalog)

function paidWorld(now = '2027-01-10T10:00:00Z'): World {
  const world = worldAt(now)
  world.plan({ plan: 'paid', payAsYouGo: false })
  return world
}

function freeWorld(now = '2027-01-10T10:00:00Z'): World {
  const world = worldAt(now)
  world.plan({ plan: 'free', payAsYouGo: false })
  return world
}

const ask = ({ account, now, catalog, app }: World, quantity: number, meter = acad, holdSeconds = 3_600) =>
  authorizeNew(
    account,
    { kind: 'authorize', authorizationId: 'x', appId: 'app', meter, quantity, holdSeconds },
    { now, catalog, app },
  )

const idOf = (answer: ReturnType<World['ask']>) => {
  if ('code' in answer) throw new Error(answer.code)
  return answer.id
}
const lastUsage = ({ entries }: World) => {
  const entry = entries.findLast(({ kind }) => kind === 'usage' || kind === 'capture')
  return entry?.kind === 'usage' || entry?.kind === 'capture' ? entry.usage : undefined
}
const current = ({ account }: World, meter = acad) => meterState(account, meter).current
const remainder = ({ account }: World) => meterState(account, acad).remainder

describe('included amounts come before every other source', () => {
  test('a paid plan charges only what exceeds them', () => {
    const world = paidWorld()
    world.buy(5)
    world.subscribe(forever, { ...forever, product: 'small', count: 2 })
    expect(world.use(acad, 100)).toEqual([])
    expect(lastUsage(world)).toMatchObject({ quantity: 100, included: 100, funding: 'paid' })
    // 150 are included; 50 + 720 + 100 - 100 - 50 = 720 exceed them.
    expect(world.use(acad, 770)).toMatchObject([{ source: 'flex', units: 1, milliTokens: 1_000 }])
    expect(lastUsage(world)).toMatchObject({ quantity: 770, included: 50 })
    expect(current(world).included).toBe(150)
    expect(remainder(world)).toBe(0)
  })

  test('a free plan counts only what exceeds them, and so does a team without a plan', () => {
    for (const world of [freeWorld(), worldAt('2027-01-10T10:00:00Z')]) {
      world.subscribe(forever)
      world.use(acad, 130)
      expect(current(world)).toMatchObject({ free: 30, included: 100 })
      expect(lastUsage(world)).toMatchObject({ included: 100, funding: 'free' })
    }
  })

  test('an overrun is use beyond the included and the free amount', () => {
    const world = freeWorld()
    world.subscribe(forever)
    world.use(acad, 18_100)
    expect(world.entries.at(-1)).toMatchObject({ kind: 'usage', isOverrun: false })
    world.use(acad, 1)
    expect(world.entries.at(-1)).toMatchObject({ kind: 'usage', isOverrun: true })
  })

  test('they lapse with the month', () => {
    const world = paidWorld('2027-01-31T10:00:00Z')
    world.buy(5)
    world.subscribe(forever)
    world.use(acad, 60)
    world.pass(3 * dayMs)
    expect(current(world).included).toBeUndefined()
    world.use(acad, 101)
    expect(current(world).included).toBe(100)
    expect(remainder(world)).toBe(1)
  })

  test('events of last month draw on its amount until that month closes', () => {
    const world = paidWorld('2027-01-31T23:00:00Z')
    world.buy(5)
    world.subscribe(forever)
    world.use(acad, 60)
    world.pass(12 * hourMs)
    world.use(acad, 50, 12 * hourMs)
    expect(lastUsage(world)).toMatchObject({ period: '2027-01', included: 40 })
    expect(meterState(world.account, acad)).toMatchObject({ remainder: 10, previous: { included: 100 } })
    world.pass(2 * dayMs)
    world.use(acad, 50, 3 * dayMs)
    expect(lastUsage(world)).toMatchObject({ period: '2027-02', included: 50 })
  })

  test('use before a subscription begins does not draw on it', () => {
    const world = paidWorld('2027-01-20T10:00:00Z')
    world.buy(5)
    world.subscribe({ product: 'build', from: '2027-01-15' })
    world.use(acad, 30, 10 * dayMs)
    expect(lastUsage(world)).not.toHaveProperty('included')
    world.use(acad, 30)
    expect(lastUsage(world)).toMatchObject({ included: 30 })
  })

  test('an amount grows within a month and shrinks only at the start of one', () => {
    const at = (text: string) => Date.parse(text)
    const version = (name: string, effectiveAt: string, perPeriod: number) => {
      return { version: name, effectiveAt: at(effectiveAt), products: [{ ...build, perPeriod }] }
    }
    const includedAmounts = [
      version('a', '2027-01-10T00:00:00Z', 100),
      version('b', '2027-01-20T00:00:00Z', 40),
      version('c', '2027-02-15T00:00:00Z', 70),
    ]
    const left = (now: string) => {
      const world = worldAt(now, { ...withIncluded(), includedAmounts })
      world.plan({ plan: 'paid', payAsYouGo: false })
      world.subscribe(forever)
      const answer = ask(world, 1)
      return 'refused' in answer ? 0 : (answer.answer.entry.remaining ?? 0) + 1
    }
    expect(left('2027-01-09T00:00:00Z')).toBe(0)
    expect(left('2027-01-10T00:00:00Z')).toBe(100)
    expect(left('2027-01-25T00:00:00Z')).toBe(100)
    expect(left('2027-02-01T00:00:00Z')).toBe(40)
    expect(left('2027-02-15T00:00:00Z')).toBe(70)
  })
})

describe('authorizing', () => {
  test('at zero tokens, exactly the included amount can be authorized', () => {
    const world = paidWorld()
    world.subscribe(forever)
    expect(ask(world, 60)).toMatchObject({ answer: { entry: { fundedBy: 'included', remaining: 40 } } })
    expect(ask(world, 101)).toMatchObject({ code: 'TOKENS_EXHAUSTED', missing: [{ milliTokens: 1_000 }] })
    world.ask(acad, 60)
    expect(ask(world, 40)).toMatchObject({ answer: { entry: { remaining: 0 } } })
    expect(ask(world, 41)).toMatchObject({ code: 'TOKENS_EXHAUSTED' })
  })

  test('one authorization may be backed by the included amount and by tokens, rounded up', () => {
    const world = paidWorld()
    world.buy(1)
    world.subscribe(forever)
    expect(ask(world, 820)).toMatchObject({ answer: { entry: { fundedBy: 'included', remaining: 0 } } })
    expect(ask(world, 821)).toMatchObject({ code: 'TOKENS_EXHAUSTED' })
    const id = idOf(world.ask(acad, 820))
    expect(world.capture(id, 820)).toMatchObject([{ source: 'flex', units: 1 }])
    expect(lastUsage(world)).toMatchObject({ included: 100 })
    expect(ask(world, 1)).toMatchObject({ code: 'TOKENS_EXHAUSTED' })
  })

  test('a hold that outlives tokens counts only on what earlier holds leave of the included amount', () => {
    const world = paidWorld()
    world.subscribe(forever)
    world.buy(1, 365 * dayMs)
    const first = idOf(world.ask(acad, 720 + 40, 60))
    // The first hold may take all of the 100, so 60 would need a token that outlives the day.
    expect(ask(world, 60, acad, 86_400)).toMatchObject({ code: 'TOKENS_EXHAUSTED' })
    expect(ask(world, 60)).toMatchObject({ answer: { entry: { remaining: 0 } } })
    world.buy(2)
    const second = idOf(world.ask(acad, 720 + 60, 86_400))
    world.capture(first, 760)
    world.pass(20 * hourMs)
    expect(world.capture(second, 780)).toMatchObject([{ source: 'flex', units: 2 }])
  })

  test('usage events get only what no open authorization counts on', () => {
    const world = paidWorld()
    world.subscribe(forever)
    const id = idOf(world.ask(acad, 90))
    world.use(acad, 30)
    expect(lastUsage(world)).toMatchObject({ included: 10 })
    expect(remainder(world)).toBe(20)
    expect(world.capture(id, 90)).toEqual([])
    expect(lastUsage(world)).toMatchObject({ quantity: 90, included: 90 })
    expect(remainder(world)).toBe(20)
  })

  test('a capture that money backs leaves others what they count on, once pay-as-you-go is off again', () => {
    const world = paidWorld()
    world.subscribe(forever)
    world.pass(1)
    const tokensOnly = idOf(world.ask(acad, 100))
    world.plan({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 300 })
    world.pass(1)
    const withMoney = idOf(world.ask(acad, 720))
    world.plan({ plan: 'paid', payAsYouGo: false })
    world.pass(1)
    expect(world.capture(withMoney, 720)).toMatchObject([{ source: 'pay-as-you-go', units: 1 }])
    expect(world.capture(tokensOnly, 100)).toEqual([])
    expect(lastUsage(world)).toMatchObject({ included: 100 })
  })

  test('a capture beyond its hold leaves what other authorizations count on', () => {
    const world = paidWorld()
    world.subscribe(forever)
    const first = idOf(world.ask(acad, 40))
    const second = idOf(world.ask(acad, 50))
    world.capture(first, 60)
    expect(lastUsage(world)).toMatchObject({ quantity: 60, included: 50 })
    expect(remainder(world)).toBe(10)
    world.capture(second, 50)
    expect(lastUsage(world)).toMatchObject({ included: 50 })
  })

  test('on a free plan, the included amount extends the free one', () => {
    const world = freeWorld()
    world.subscribe(forever)
    expect(ask(world, 18_100)).toMatchObject({ answer: { entry: { fundedBy: 'included', remaining: 0 } } })
    expect(ask(world, 18_101)).toMatchObject({ code: 'FREE_LIMIT_REACHED', missing: [{ quantity: 1 }] })
    const id = idOf(world.ask(acad, 150))
    expect(ask(world, 1)).toMatchObject({ answer: { entry: { fundedBy: 'included', remaining: 17_949 } } })
    world.capture(id, 150)
    expect(current(world)).toMatchObject({ free: 50, included: 100 })
    expect(ask(world, 1)).toMatchObject({ answer: { entry: { fundedBy: 'free', remaining: 17_949 } } })
  })

  test('included use passes the stop of an API, and a mixed request does not', () => {
    const world = freeWorld()
    world.subscribe(forever)
    world.use(revit, 18_000)
    expect(ask(world, 100)).toMatchObject({ answer: { entry: { fundedBy: 'included', remaining: 0 } } })
    expect(ask(world, 101)).toMatchObject({
      code: 'FREE_LIMIT_REACHED',
      missing: [{ quantity: 0, stoppedBy: revit }],
    })
    expect(ask(world, 1, revit)).toMatchObject({ code: 'FREE_LIMIT_REACHED' })
  })

  test('included use passes neither a suspension nor shortfall nor an app limit', () => {
    const suspended = freeWorld()
    suspended.subscribe(forever)
    suspended.decide({ kind: 'suspend', reason: 'abuse' }, suspended.context)
    expect(ask(suspended, 1)).toMatchObject({ code: 'TEAM_SUSPENDED' })

    const owing = paidWorld()
    owing.subscribe(forever)
    owing.use(revit, 720)
    expect(ask(owing, 1)).toMatchObject({ code: 'SHORTFALL_DUE' })

    const limited = freeWorld()
    limited.subscribe(forever)
    const limit = { kind: 'limit-app', appId: 'app', meter: acad, perPeriod: 10 } as const
    limited.decide(limit, { ...limited.context, use: { used: 0, held: [] } })
    expect(ask(limited, 11)).toMatchObject({ code: 'APP_LIMIT_REACHED' })

    const planless = worldAt('2027-01-10T10:00:00Z')
    planless.subscribe(forever)
    expect(ask(planless, 1)).toMatchObject({ code: 'NO_PLAN' })
  })

  test('a subscription that begins lifts a refusal at its first instant', () => {
    const world = paidWorld()
    world.subscribe({ product: 'build', from: '2027-01-15' })
    expect(ask(world, 1)).toMatchObject({
      code: 'TOKENS_EXHAUSTED',
      resumesAt: Date.parse('2027-01-15T00:00:00Z'),
    })
  })
})

describe('a hold across the month’s end', () => {
  const evening = '2027-01-31T20:00:00Z'
  const crossing = 8 * 3_600

  test('counts on the next month only as far as its subscriptions reach', () => {
    const world = paidWorld(evening)
    world.subscribe({ ...forever, until: '2027-01-31' })
    expect(ask(world, 100)).toMatchObject({ answer: { entry: { fundedBy: 'included' } } })
    expect(ask(world, 100, acad, crossing)).toMatchObject({
      code: 'TOKENS_EXHAUSTED',
      missing: [{ milliTokens: 1_000 }],
    })
    world.buy(1)
    const id = idOf(world.ask(acad, 100, crossing))
    world.pass(6 * hourMs)
    expect(world.capture(id, 100)).toEqual([])
    expect(lastUsage(world)).not.toHaveProperty('included')
    expect(remainder(world)).toBe(100)
  })

  test('holds in both months', () => {
    const world = paidWorld(evening)
    world.subscribe(forever)
    idOf(world.ask(acad, 70, crossing))
    expect(ask(world, 31, acad, crossing)).toMatchObject({ code: 'TOKENS_EXHAUSTED' })
    world.use(acad, 30)
    expect(lastUsage(world)).toMatchObject({ included: 30 })
    expect(ask(world, 1)).toMatchObject({ code: 'TOKENS_EXHAUSTED' })
    world.pass(5 * hourMs)
    expect(ask(world, 30)).toMatchObject({ answer: { entry: { remaining: 0 } } })
    world.use(acad, 40)
    expect(lastUsage(world)).toMatchObject({ included: 30 })
  })

  test('keeps tokens for it, although the current month still includes it', () => {
    const world = paidWorld(evening)
    world.subscribe({ ...forever, until: '2027-01-31' })
    world.buy(1)
    const id = idOf(world.ask(acad, 100, crossing))
    expect(ask(world, 1, revit)).toMatchObject({ code: 'TOKENS_EXHAUSTED' })
    world.use(revit, 720)
    expect(lastUsage(world)?.charges).toMatchObject([{ source: 'shortfall' }])
    expect(world.capture(id, 100, true)).toEqual([])
    expect(lastUsage(world)).toMatchObject({ included: 100 })
  })

  test('on a free plan, the free amount of the next month must cover it', () => {
    const world = freeWorld(evening)
    world.subscribe({ ...forever, until: '2027-01-31' })
    world.use(acad, 18_100 - 50)
    expect(current(world)).toMatchObject({ free: 17_950, included: 100 })
    expect(ask(world, 50, acad, crossing)).toMatchObject({
      answer: { entry: { fundedBy: 'free', remaining: 0 } },
    })
    const fresh = freeWorld(evening)
    fresh.subscribe({ ...forever, until: '2027-01-31' })
    expect(ask(fresh, 18_100)).toMatchObject({ answer: { entry: { remaining: 0 } } })
    expect(ask(fresh, 18_001, acad, crossing)).toMatchObject({
      code: 'FREE_LIMIT_REACHED',
      missing: [{ quantity: 1 }],
    })
  })
})

describe('changes of subscriptions', () => {
  const rows = ({ account }: World) => account.subscriptions
  const day = (text: string) => Date.parse(text)

  test('a removed subscription stays until the month’s end', () => {
    const world = paidWorld()
    world.subscribe({ ...forever, count: 3 })
    world.subscribe({ ...forever, count: 1 })
    expect(ask(world, 300)).toMatchObject({ answer: { entry: { remaining: 0 } } })
    world.subscribe()
    expect(ask(world, 300)).toMatchObject({ answer: { entry: { remaining: 0 } } })
    world.pass(25 * dayMs)
    expect(ask(world, 1)).toMatchObject({ code: 'TOKENS_EXHAUSTED' })
  })

  test('a removed subscription stays a month longer where an open authorization crosses the month’s end', () => {
    const world = paidWorld('2027-01-31T20:00:00Z')
    world.subscribe(forever)
    const id = idOf(world.ask(acad, 100, 8 * 3_600))
    world.subscribe()
    expect(rows(world).map(({ until }) => until)).toEqual([day('2027-02-01'), day('2027-03-01')])
    world.pass(5 * hourMs)
    world.capture(id, 100)
    expect(lastUsage(world)).toMatchObject({ included: 100 })
  })

  test('the same subscriptions again change nothing', () => {
    const world = paidWorld()
    world.subscribe({ ...forever, count: 3 })
    world.subscribe(forever)
    const entries = world.entries.length
    world.subscribe(forever)
    expect(world.entries.length).toBe(entries)
    expect(rows(world)).toEqual([
      { product: 'build', count: 1, from: day('2027-01-01') },
      { product: 'build', count: 2, from: day('2027-01-01'), until: day('2027-02-01') },
    ])
  })

  test('rows of closed months disappear with the next change', () => {
    const world = paidWorld()
    world.subscribe({ ...forever, until: '2027-01-31' })
    world.pass(60 * dayMs)
    world.subscribe({ product: 'small', from: '2027-03-01' })
    expect(rows(world)).toEqual([{ product: 'small', count: 1, from: day('2027-03-01') }])
  })

  test('a subscription that has not begun can be taken away', () => {
    const world = paidWorld()
    world.subscribe({ product: 'build', from: '2027-01-15' })
    world.subscribe()
    expect(rows(world)).toEqual([])
  })
})

describe('events', () => {
  test('notify of 50, 80 and 100 percent of an included amount, once each', () => {
    const world = paidWorld()
    world.buy(5)
    world.subscribe(forever)
    const reached = (quantity: number) => {
      const before = world.account
      world.use(acad, quantity)
      const entry = world.entries.at(-1)
      if (entry === undefined) throw new Error('a use makes an entry')
      return eventsOf(before, world.account, entry, world.catalog).map((event) =>
        event.type === 'IncludedThresholdReached' ? [event.percent, event.used, event.limit] : event.type,
      )
    }
    expect(reached(49)).toEqual([])
    expect(reached(1)).toEqual([[50, 50, 100]])
    expect(reached(29)).toEqual([])
    expect(reached(30)).toEqual([[100, 100, 100]])
    expect(reached(30)).toEqual([])
  })
})

describe('reversals', () => {
  test('a reversal returns the included part of an event exactly', () => {
    const world = paidWorld()
    world.buy(5)
    world.subscribe(forever)
    world.use(acad, 120)
    const event = world.entries.at(-1)
    world.use(acad, 10)
    world.reverse(event)
    expect(current(world)).not.toHaveProperty('included')
    expect(remainder(world)).toBe(10)
    world.pass(minuteMs)
    world.use(acad, 100)
    expect(lastUsage(world)).toMatchObject({ included: 100 })
  })

  test('a reversal in a month that is over gives nothing back to the current one', () => {
    const world = paidWorld()
    world.buy(5)
    world.subscribe(forever)
    world.use(acad, 80)
    const event = world.entries.at(-1)
    world.pass(30 * dayMs)
    world.use(acad, 30)
    world.reverse(event)
    expect(current(world).included).toBe(30)
  })
})
