import { describe, expect, test } from 'vitest'
import { type Account, emptyAccount, type Lot } from '../../core/account/account.ts'
import { limitsMax, lotsMax } from '../../core/account/bounds.ts'
import { limitApp } from '../../core/commands/limit-app.ts'
import { purchaseTokens } from '../../core/commands/purchase-tokens.ts'
import { rejectionOf } from '../../core/commands/record-usage.ts'
import { apply } from '../../core/journal/fold.ts'
import { dayMs, eventAgeMaxMs, hourMs } from '../../core/time/time.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { World } from '../support/world.ts'

/* Each test is at a bound: one step further, the answer differs. */

const acad = 'automation-autocad'
const inventor = 'automation-inventor'

function createPaidWorld(start: string, money?: { readonly spendLimitUsdCents: number }): World {
  const world = new World(start)
  world.plan({ plan: 'paid', payAsYouGo: money !== undefined, ...money })
  return world
}

/** Asks for what must be allowed, and returns its id. */
function hold(world: World, meter: string, quantity: number, holdSeconds?: number): string {
  const answer = world.ask(meter, quantity, holdSeconds)
  if (!('id' in answer)) throw new Error(answer.code)
  return answer.id
}

const marksOf = (world: World) => {
  const entry = world.entries.at(-1)
  return entry?.kind === 'capture' ? { isLate: entry.isLate, isOverrun: entry.isOverrun } : undefined
}

describe('a capture', () => {
  test('is no overrun at exactly the authorized quantity; one unit more is', () => {
    const world = createPaidWorld('2027-01-25T10:00:00Z')
    world.buy(5)
    const id = hold(world, acad, 720)
    world.capture(id, 720)
    expect(marksOf(world)).toEqual({ isLate: false, isOverrun: false })
    world.capture(id, 721)
    expect(marksOf(world)).toEqual({ isLate: false, isOverrun: true })
  })

  test('is paid up to the limit of its grant, although pay-as-you-go goes on with a lower one', () => {
    const world = createPaidWorld('2027-01-25T10:00:00Z', { spendLimitUsdCents: 900 })
    const id = hold(world, acad, 2_160)
    world.plan({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 300 })
    expect(world.capture(id, 2_160, true)).toEqual([
      { source: 'pay-as-you-go', meter: acad, units: 3, usdCents: 900, period: '2027-01' },
    ])
  })
})

describe('a late event', () => {
  test('is billed if pay-as-you-go was on at its time, although it is off now', () => {
    const world = createPaidWorld('2027-01-25T10:00:00Z', { spendLimitUsdCents: 900 })
    world.pass(2 * hourMs)
    world.plan({ plan: 'paid', payAsYouGo: false })
    expect(world.use(acad, 720, hourMs)).toEqual([
      { source: 'pay-as-you-go', meter: acad, units: 1, usdCents: 300, period: '2027-01' },
    ])
    expect(world.use(acad, 720)).toMatchObject([{ source: 'shortfall', units: 1 }])
  })

  test('from last month leaves this month’s limit to open authorizations', () => {
    const world = createPaidWorld('2027-01-31T10:00:00Z', { spendLimitUsdCents: 900 })
    world.pass(dayMs)
    const id = hold(world, acad, 2_160)
    expect(world.use(inventor, 720, 12 * hourMs)).toEqual([
      { source: 'pay-as-you-go', meter: inventor, units: 1, usdCents: 300, period: '2027-01' },
    ])
    expect(world.capture(id, 2_160, true)).toEqual([
      { source: 'pay-as-you-go', meter: acad, units: 3, usdCents: 900, period: '2027-02' },
    ])
  })

  test('is taken up to exactly 34 days, and 5 minutes ahead', () => {
    const now = Date.parse('2027-03-10T09:00:00Z')
    const event = { source: 's', id: 'e', appId: 'app', meter: acad, quantity: 1 }
    const judged = [-eventAgeMaxMs - 1, -eventAgeMaxMs, 0, 300_000, 300_001].map((ms) =>
      rejectionOf({ ...event, time: now + ms }, now, launchCatalog),
    )
    expect(eventAgeMaxMs).toBe(34 * dayMs)
    expect(judged).toEqual(['EVENT_TOO_OLD', undefined, undefined, undefined, 'EVENT_IN_FUTURE'])
  })
})

describe('a month', () => {
  test('begins for shortfall alone, and its spend limit pays', () => {
    const world = createPaidWorld('2027-01-25T10:00:00Z', { spendLimitUsdCents: 300 })
    const id = hold(world, acad, 720)
    world.use(inventor, 720)
    world.void(id)
    expect(world.account.shortfall).toHaveLength(1)
    world.pass(7 * dayMs)
    expect(world.account).toMatchObject({ period: '2027-02', shortfall: [] })
    expect(world.entries.at(-1)).toMatchObject({
      kind: 'period-started',
      at: Date.parse('2027-02-01T00:00:00Z'),
      paidShortfall: [
        { source: 'pay-as-you-go', meter: inventor, units: 1, usdCents: 300, period: '2027-02' },
      ],
    })
  })

  test('takes no more credit than its bill, and leaves the rest', () => {
    const world = createPaidWorld('2027-01-25T10:00:00Z', { spendLimitUsdCents: 900 })
    world.use(acad, 720)
    world.account = { ...world.account, creditUsdCents: 1_000 }
    world.pass(10 * dayMs)
    expect(world.entries.at(-1)).toMatchObject({ kind: 'period-closed', usdCents: 300, creditUsdCents: 300 })
    expect(world.account).toMatchObject({ creditUsdCents: 700, dues: [] })
  })

  test('that begins as a lot lapses has its whole spend limit behind the hold', () => {
    const world = createPaidWorld('2027-01-31T20:00:00Z', { spendLimitUsdCents: 300 })
    world.use(acad, 720)
    world.buy(1, 0)
    world.account = {
      ...world.account,
      lots: world.account.lots.map((lot) => ({ ...lot, expiresAt: Date.parse('2027-02-01T00:00:00Z') })),
    }
    expect(world.ask(acad, 720, 6 * 3_600)).toEqual({ id: 'a3' })
  })
})

test('a hold that ends as a lot lapses needs nothing from then on', () => {
  const world = createPaidWorld('2027-01-25T23:00:00Z')
  world.buy(1, 365 * dayMs)
  world.buy(1)
  hold(world, acad, 720, 3_600)
  expect(world.account.lots[0]?.expiresAt).toBe(world.account.meters[acad]?.paid[0]?.expiresAt)
  expect(world.ask(inventor, 720, 20 * 3_600)).toEqual({ id: 'a4' })
  expect(world.ask(inventor, 1)).toEqual({ code: 'TOKENS_EXHAUSTED' })
})

test('rated APIs go on only when the last of two overdue bills is paid', () => {
  const { account } = createPaidWorld('2027-01-25T10:00:00Z')
  const bill = { usdCents: 300, failedAt: 1, steps: 7 }
  const overdue: Account = {
    ...account,
    overdueSince: 5,
    dues: [
      { ...bill, dueId: 'invoice:2026-11' },
      { ...bill, dueId: 'invoice:2026-12' },
    ],
  }
  const pay = (before: Account, period: string) =>
    apply(before, {
      kind: 'payment',
      teamId: 'acme',
      version: before.version + 1,
      at: before.at,
      paymentId: period,
      paidFor: { invoice: period },
      usdCents: 300,
      status: 'settled',
      sequence: 0,
      payable: { status: 'paid' },
      creditUsdCents: 0,
      owed: { dueId: `invoice:${period}`, usdCents: 0 },
    })
  const once = pay(overdue, '2026-11')
  expect(once).toMatchObject({ overdueSince: 5, dues: [{ dueId: 'invoice:2026-12' }] })
  expect(pay(once, '2026-12')).toMatchObject({ overdueSince: undefined, dues: [] })
})

describe('an account does not grow beyond', () => {
  test('32 rows of shortfall: further units join the row of their meter and price', () => {
    const world = createPaidWorld('2027-01-25T10:00:00Z')
    for (let index = 0; index < 40; index++) world.use(index % 2 === 0 ? acad : inventor, 720)
    const { shortfall } = world.account
    expect(shortfall).toHaveLength(32)
    expect(shortfall.slice(-2)).toEqual([
      { entry: 0, meter: acad, units: 5, milliTokensPerUnit: 1_000, usdCentsPerUnit: 300 },
      { entry: 0, meter: inventor, units: 5, milliTokensPerUnit: 1_000, usdCentsPerUnit: 300 },
    ])
  })

  test('100 lots', () => {
    const { account, now, catalog } = createPaidWorld('2027-01-25T10:00:00Z')
    const lot: Lot = {
      lotId: 'l',
      milliTokens: 1,
      remaining: 1,
      purchasedAt: 0,
      expiresAt: now + dayMs,
      notices: 3,
    }
    const buy = (lots: number) => {
      const full = { ...account, lots: Array.from({ length: lots }, () => lot) }
      const command = { kind: 'purchase-tokens', purchaseId: 'p', tokens: 100, isPaidAtOnce: false } as const
      return purchaseTokens(full, command, { now, catalog })
    }
    expect(lotsMax).toBe(100)
    expect(buy(99)).not.toHaveProperty('refused')
    expect(buy(100)).toEqual({ refused: true, code: 'TOO_MANY_LOTS' })
  })

  test('100 lots and purchases that are not paid yet, until one is given up or 30 days after its failure', () => {
    const world = createPaidWorld('2027-01-25T10:00:00Z')
    const buy = (purchaseId: string) =>
      world.decide(
        { kind: 'purchase-tokens', purchaseId, tokens: 100, isPaidAtOnce: false },
        { ...world.context },
      )
    world.buy(1)
    for (let index = 0; index < 99; index++) expect(buy(`p${index}`)).not.toHaveProperty('refused')
    expect(buy('more')).toEqual({ refused: true, code: 'TOO_MANY_LOTS' })
    const adjustment = { kind: 'adjust', adjustmentId: 'x', reason: 'r', tokens: 1 } as const
    expect(world.decide(adjustment, world.context)).toEqual({ refused: true, code: 'TOO_MANY_LOTS' })

    const order = (purchaseId: string) => {
      const found = world.entries.find(
        (entry) => entry.kind === 'purchase' && entry.purchaseId === purchaseId,
      )
      if (found?.kind !== 'purchase') throw new Error(purchaseId)
      return { purchase: found, payable: { status: 'pending' } } as const
    }
    world.decide({ kind: 'give-up-purchase', purchaseId: 'p0' }, { ...world.context, ...order('p0') })
    expect(buy('after')).not.toHaveProperty('refused')

    const pay = (purchaseId: string, status: 'settled' | 'failed') =>
      world.decide(
        { kind: 'take-payment', paymentId: purchaseId, paidFor: { purchase: purchaseId }, status },
        { ...world.context, target: order(purchaseId) },
      )
    pay('p1', 'settled')
    expect(world.account.lots).toHaveLength(2)
    expect(buy('paid')).toEqual({ refused: true, code: 'TOO_MANY_LOTS' })
    pay('p2', 'failed')
    world.pass(30 * dayMs - 1)
    expect(buy('early')).toEqual({ refused: true, code: 'TOO_MANY_LOTS' })
    world.pass(1)
    expect(buy('late')).not.toHaveProperty('refused')
    expect(world.account).toEqual(world.entries.reduce(apply, emptyAccount('acme')))
  })

  test('50 limits of apps; one that is there can still be changed and lifted', () => {
    const { account, now, catalog } = createPaidWorld('2027-01-25T10:00:00Z')
    const limitOf = (appId: string) => ({ appId, meter: acad, perPeriod: 1, used: 0, held: [] })
    const full = (count: number) => ({
      ...account,
      limits: Array.from({ length: count }, (_, index) => limitOf(`app-${index}`)),
    })
    const limit = (count: number, appId: string, perPeriod: number | null) =>
      limitApp(
        full(count),
        { kind: 'limit-app', appId, meter: acad, perPeriod },
        { now, catalog, use: { used: 0, held: [] } },
      )
    expect(limitsMax).toBe(50)
    expect(limit(49, 'other', 5)).not.toHaveProperty('refused')
    expect(limit(50, 'other', 5)).toEqual({ refused: true, code: 'TOO_MANY_LIMITS' })
    expect(limit(50, 'app-7', 5)).not.toHaveProperty('refused')
    expect(limit(50, 'app-7', null)).not.toHaveProperty('refused')
  })
})
