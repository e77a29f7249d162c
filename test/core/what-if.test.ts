import { describe, expect, test } from 'vitest'
import { type Account, emptyAccount } from '../../core/account/account.ts'
import { monthOfDays, monthOfQuantities } from '../../core/forecast/assumed-month.ts'
import { runPurchase } from '../../core/forecast/purchase-run.ts'
import { cheapestPurchase, whatIf } from '../../core/forecast/what-if.ts'
import { dayMs, dayOf } from '../../core/time/time.ts'
import { withIncluded } from '../support/included-catalog.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { World } from '../support/world.ts'

/*
 * The launch card: 720 s of AutoCAD are a unit for 1 token or $3.00, with 18,000 s free. Two complex jobs are a unit for 3 tokens or
 * $9.00, with 20 free; two simple jobs for 1 token or $3.00, with 60 free. A token costs $3.00, and $2.85 from 5,000 on.
 */

const acad = 'automation-autocad'
const complex = 'model-derivative-complex-job'
const simple = 'model-derivative-simple-job'
const now = Date.parse('2026-11-10T10:00:00Z')
const context = { now, catalog: launchCatalog }
const acme: Account = {
  ...emptyAccount('acme'),
  profile: { country: 'US', paymentMethod: 'credit-card', standing: 'good' },
}

const typed = (uses: Readonly<Record<string, number>>) =>
  monthOfQuantities(
    '2026-11',
    Object.entries(uses).map(([meter, quantity]) => ({ meter, quantity })),
  )
const costsOf = ({ plans }: ReturnType<typeof whatIf>) =>
  plans.map(({ plan, usdCents, refusedMeters }) => [plan, usdCents, refusedMeters])
const planOf = (found: ReturnType<typeof whatIf>, name: string) =>
  found.plans.find(({ plan }) => plan === name)

describe('a month under each plan', () => {
  test('costs whole units, and pay-as-you-go is best where the smallest purchase is too large', () => {
    const found = whatIf(acme, typed({ [complex]: 41, [acad]: 7_500 }), context)
    // 20 units of jobs for $180.00 and 10 of AutoCAD for $30.00, or 70 tokens, of which at least 100 are bought.
    expect(costsOf(found)).toEqual([
      ['free', 0, 1],
      ['pay-as-you-go', 21_000, 0],
      ['flex', 30_000, 0],
    ])
    expect(found.best).toBe('pay-as-you-go')
    expect(planOf(found, 'pay-as-you-go')?.meters).toEqual([
      {
        ...{ meter: acad, quantity: 7_500, included: 0, free: 0, units: 10, milliTokens: 0 },
        ...{ usdCents: 3_000, remainder: 300, refused: 0 },
      },
      {
        ...{ meter: complex, quantity: 41, included: 0, free: 0, units: 20, milliTokens: 0 },
        ...{ usdCents: 18_000, remainder: 1, refused: 0 },
      },
    ])
    expect(planOf(found, 'flex')).toMatchObject({
      milliTokens: 70_000,
      purchase: { tokens: 100, unitPriceUsdCents: 300, usdCents: 30_000, leftMilliTokens: 30_000 },
    })
  })

  test('is cheapest with more tokens than it needs where these reach a volume step', () => {
    const found = whatIf(acme, typed({ [complex]: 3_300 }), context)
    // 1,650 units: 4,950 tokens at $3.00 are $14,850.00, but 5,000 at $2.85 are $14,250.00.
    expect(costsOf(found)).toEqual([
      ['free', 0, 1],
      ['pay-as-you-go', 1_485_000, 0],
      ['flex', 1_425_000, 0],
    ])
    expect(found.best).toBe('flex')
    expect(planOf(found, 'flex')?.purchase).toMatchObject({ tokens: 5_000, leftMilliTokens: 50_000 })
  })

  test('is free as long as every free amount is enough', () => {
    const found = whatIf(acme, typed({ [complex]: 20, [acad]: 18_000 }), context)
    expect(found.best).toBe('free')
    expect(planOf(found, 'free')?.refusedMeters).toBe(0)
  })

  test('stops the whole API of a used-up free amount from the next day on', () => {
    // Three simple jobs a day use up 60 on the 20th; a complex job comes every other day.
    const found = whatIf(acme, typed({ [complex]: 15, [simple]: 90 }), context)
    expect(
      planOf(found, 'free')?.meters.map(({ meter, free, refused, refusedOn }) => {
        return [meter, free, refused, refusedOn && dayOf(refusedOn)]
      }),
    ).toEqual([
      [complex, 10, 5, '2026-11-22'],
      [simple, 60, 30, '2026-11-21'],
    ])
  })

  test('counts the days of a past month as they were', () => {
    const cost = { milliTokens: 0, usdCents: 0 }
    const month = monthOfDays('2026-10', [
      { day: '2026-10-03', meter: complex, quantity: 19, ...cost },
      { day: '2026-10-31', meter: complex, quantity: 5, ...cost },
    ])
    const [free] = whatIf(acme, month, context).plans
    expect(free?.meters).toMatchObject([
      { free: 20, refused: 4, refusedOn: Date.parse('2026-10-31T00:00:00Z') },
    ])
  })

  test('pays with a purchase first, and with money for each unit that its tokens do not cover', () => {
    const found = whatIf(acme, typed({ [complex]: 100 }), { ...context, tokens: 100 })
    // 33 of 50 units take 99 tokens; 17 cost $9.00 each, after $300.00 for the tokens.
    expect(planOf(found, 'flex-then-pay-as-you-go')).toMatchObject({
      milliTokens: 99_000,
      usdCents: 45_300,
      purchase: { tokens: 100, leftMilliTokens: 1_000 },
    })
  })

  test('costs what it did before December 2025 in tokens alone', () => {
    const { before } = whatIf(
      acme,
      typed({ [complex]: 41, [acad]: 7_500, 'model-derivative-basic': 900_000 }),
      {
        ...context,
      },
    )
    // 4 units of half an hour and 20 of two jobs, for a token each; basic calls were free.
    expect(before).toMatchObject({ milliTokens: 24_000, usdCents: 30_000, purchase: { tokens: 100 } })
    expect(before.meters.map(({ units }) => units)).toEqual([4, 20, 0])
  })

  test('has rates of today, and names the meters that are not rated', () => {
    const rates = launchCatalog.rateCards.flatMap(({ meters }) => meters)
    const dearer = rates
      .filter(({ meter }) => meter === complex)
      .map((rate) => ({ ...rate, usdCentsPerUnit: 2_000 }))
    const cardAt = (at: number) => ({
      ...launchCatalog,
      rateCards: [...launchCatalog.rateCards, { version: 'dearer', effectiveAt: at, meters: dearer }],
    })
    const month = typed({ [complex]: 2, 'data-management': 7 })
    const costAt = (at: number) =>
      planOf(whatIf(acme, month, { now, catalog: cardAt(at) }), 'pay-as-you-go')?.usdCents
    expect([costAt(now), costAt(now + 1)]).toEqual([2_000, 900])
    const found = whatIf(acme, month, context)
    expect(found.unrated).toEqual(['data-management'])
    expect(found.plans[0]?.meters.map(({ meter }) => meter)).toEqual([complex])
  })

  test('recommends pay-as-you-go to no team whose country or standing forbids it', () => {
    const month = typed({ [complex]: 41 })
    const bestOf = (profile: Partial<Account['profile']>) =>
      whatIf({ ...acme, profile: { ...acme.profile, ...profile } }, month, context)
    expect(bestOf({ country: 'BR' })).toMatchObject({ best: 'flex', plans: { 1: { unmet: ['country'] } } })
    expect(bestOf({ standing: 'bad' }).best).toBe('flex')
    expect(bestOf({ paymentMethod: 'none' }).best).toBe('pay-as-you-go')
  })

  test('gives what the subscriptions of the team include', () => {
    const catalog = withIncluded({ product: 'suite', meter: complex, perPeriod: 15 })
    const world = new World('2027-01-05T00:00:00Z', catalog)
    world.subscribe({ product: 'suite', count: 2, from: '2027-01-05' })
    const month = monthOfQuantities('2027-01', [{ meter: complex, quantity: 41 }])
    const found = whatIf(world.account, month, { now: world.now, catalog })
    // Twice 15 jobs leave 11: five units, or free jobs.
    expect(planOf(found, 'pay-as-you-go')?.meters).toMatchObject([
      { included: 30, units: 5, remainder: 1, usdCents: 4_500 },
    ])
    expect(found).toMatchObject({ best: 'free', plans: { 0: { meters: { 0: { included: 30, free: 11 } } } } })
  })
})

test('a purchase is never dearer than the next step, and nothing is bought for nothing', () => {
  const [list] = launchCatalog.priceLists
  if (list === undefined) throw new Error('no price list')
  expect(cheapestPurchase(list, 0)).toBeUndefined()
  expect(cheapestPurchase(list, 1)).toMatchObject({ tokens: 100, usdCents: 30_000 })
  // 4,750 tokens at $3.00 cost as much as 5,000 at $2.85: the smaller purchase is enough.
  expect(cheapestPurchase(list, 4_750_000)).toMatchObject({ tokens: 4_750, usdCents: 1_425_000 })
  expect(cheapestPurchase(list, 4_750_001)).toMatchObject({ tokens: 5_000, usdCents: 1_425_000 })
})

describe('a purchase on a coming day', () => {
  /** One token a day. */
  const month = monthOfQuantities('2026-10', [{ meter: acad, quantity: 31 * 720 }])
  const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
  const none = new Map<string, number>()
  const paidTeam = (tokens: number) => {
    const world = new World('2026-11-10T10:00:00Z')
    world.plan({ plan: 'paid', payAsYouGo: false })
    if (tokens > 0) world.buy(tokens)
    return world.account
  }
  const runOf = (
    account: Account,
    asked: { tokens: number; on: string; usedToday?: Map<string, number> },
  ) => {
    const { tokens, on, usedToday = none } = asked
    const run = runPurchase(account, { tokens, on: at(on), month, usedToday }, context)
    if ('refused' in run) throw new Error(run.code)
    const { runOutOn, emptyBeforeOn } = run
    return {
      ...run,
      runOutOn: runOutOn && dayOf(runOutOn),
      emptyBeforeOn: emptyBeforeOn && dayOf(emptyBeforeOn),
    }
  }

  test('pays what nobody could pay until then, and then lasts as long as its tokens', () => {
    // Ten days without tokens leave 90 of 100: from 20 November until 17 February.
    expect(runOf(paidTeam(0), { tokens: 100, on: '2026-11-20' })).toMatchObject({
      usdCents: 30_000,
      milliTokensBefore: 0,
      emptyBeforeOn: '2026-11-10',
      runOutOn: '2027-02-18',
      lapsingMilliTokens: 0,
    })
    const usedToday = new Map([[acad, 720]])
    expect(runOf(paidTeam(0), { tokens: 100, on: '2026-11-20', usedToday }).runOutOn).toBe('2027-02-19')
  })

  test('comes after older tokens, and its rest lapses at the end of the day a year later', () => {
    // 366 days take 50 older tokens and 316 new ones.
    expect(runOf(paidTeam(50), { tokens: 1_000, on: '2026-11-10' })).toEqual({
      ...{ tokens: 1_000, unitPriceUsdCents: 300, usdCents: 300_000, expiresAt: at('2027-11-11') },
      ...{ milliTokensBefore: 50_000, lapsingMilliTokens: 684_000 },
      ...{ runOutOn: undefined, emptyBeforeOn: undefined },
    })
  })

  test('puts a team without plan and payment method on the paid plan', () => {
    const world = new World('2026-11-10T10:00:00Z')
    const { profile } = world.account
    const account: Account = { ...world.account, profile: { ...profile, paymentMethod: 'none' } }
    expect(runOf(account, { tokens: 100, on: '2026-11-10' }).runOutOn).toBe('2027-02-18')
  })

  test('is refused where the team has too many lots', () => {
    const world = new World('2026-11-10T10:00:00Z')
    for (let lot = 0; lot < 100; lot += 1) world.buy(100)
    const asked = { tokens: 100, on: now - (now % dayMs), month, usedToday: none }
    expect(runPurchase(world.account, asked, context)).toMatchObject({ code: 'TOO_MANY_LOTS' })
  })
})
