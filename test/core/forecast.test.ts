import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tokensLeft } from '../../core/account/account.ts'
import { courseOf } from '../../core/forecast/course.ts'
import { forecast } from '../../core/forecast/forecast.ts'
import type { DayUse } from '../../core/forecast/history.ts'
import { dayMs, dayOf } from '../../core/time/time.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { World } from '../support/world.ts'

/* A unit of automation-autocad is 720 seconds, for 1 token or 3 USD. A complex job costs 1.5 tokens or 4.50 USD. */

const acad = 'automation-autocad'
const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
const dateOf = (instant: number | undefined) => (instant === undefined ? undefined : dayOf(instant))

/** A team whose use of each day is recorded at noon, and the rows of its daily usage. */
class Team {
  readonly world: World
  readonly rows: DayUse[] = []

  constructor(startsOn: string, prepare: (world: World) => void) {
    this.world = new World(startsOn)
    prepare(this.world)
  }

  /** Uses a quantity on each day before `until`. */
  useUntil(until: string, quantityOn: (dayStart: number) => number, meter = acad): this {
    while (this.world.now < at(until)) {
      const start = this.world.now
      this.world.pass(dayMs / 2)
      this.use(quantityOn(start), meter)
      this.world.pass(start + dayMs - this.world.now)
    }
    return this
  }

  use(quantity: number, meter = acad): this {
    if (quantity === 0) return this
    const charges = this.world.use(meter, quantity)
    const milliTokens = charges.reduce((sum, row) => sum + ('milliTokens' in row ? row.milliTokens : 0), 0)
    const usdCents = charges.reduce((sum, row) => sum + ('usdCents' in row ? row.usdCents : 0), 0)
    this.rows.push({ day: dayOf(this.world.now), meter, quantity, milliTokens, usdCents })
    return this
  }

  get forecast() {
    return forecast(this.world.account, this.rows, this.world)
  }
}

const startPaid = (tokens: number) => (world: World) => {
  world.plan({ plan: 'paid', payAsYouGo: false })
  if (tokens > 0) world.buy(tokens)
}
const startPayAsYouGo = (world: World) => world.plan({ plan: 'paid', payAsYouGo: true })
const onWeekdays = (quantity: number) => (start: number) =>
  new Date(start).getUTCDay() % 6 === 0 ? 0 : quantity

describe('the forecast of the month', () => {
  test('is exact, without a range, where every day is the same', () => {
    const { cost, meters } = new Team('2026-03-01T00:00:00Z', startPaid(1_000)).useUntil(
      '2026-04-11',
      () => 1_440,
    ).forecast
    expect(cost.soFar).toEqual({ milliTokens: 20_000, usdCents: 0 })
    for (const which of ['expected', 'low', 'high'] as const)
      expect(cost[which]).toEqual({ milliTokens: 60_000, usdCents: 0 })
    expect(meters).toEqual([{ meter: acad, used: 14_400, expected: 43_200, low: 43_200, high: 43_200 }])
  })

  test('counts the weekdays to come for a team that works on weekdays', () => {
    const team = new Team('2026-03-01T00:00:00Z', startPayAsYouGo).useUntil('2026-04-11', onWeekdays(7_200))
    // April 2026 has 22 weekdays: 8 until the 10th.
    expect(team.forecast.cost.soFar.usdCents).toBe(8 * 3_000)
    expect(team.forecast.cost.expected.usdCents).toBe(22 * 3_000)
  })

  test('charges only whole units: the remainder carries over', () => {
    const team = new Team('2026-03-01T00:00:00Z', startPayAsYouGo).useUntil('2026-04-11', () => 100)
    const units = Math.floor((31 + 30) * (100 / 720)) - Math.floor((31 + 10) * (100 / 720))
    const { soFar, expected } = team.forecast.cost
    expect(expected.usdCents - soFar.usdCents).toBe(units * 300)
  })

  test('counts later weeks more, and ranges from the quietest week to the busiest one', () => {
    const start = at('2026-03-01')
    const team = new Team('2026-03-01T00:00:00Z', startPayAsYouGo).useUntil(
      '2026-04-05',
      (day) => 720 * (1 + Math.floor((day - start) / dayMs / 7)),
    )
    const { soFar, low, expected, high } = team.forecast.cost
    // The weeks of 1 to 5 units a day; 26 days are to come. Of the last four weeks, the latest counts four times.
    expect([low, expected, high].map(({ usdCents }) => (usdCents - soFar.usdCents) / 300)).toEqual([
      26 * 1,
      26 * ((4 * 5 + 3 * 4 + 2 * 3 + 2) / 10),
      26 * 5,
    ])
  })

  test('takes the rest of today from the average day, and never less than was used', () => {
    const before = new Team('2026-03-01T00:00:00Z', startPayAsYouGo).useUntil('2026-04-30', () => 1_440)
    before.world.pass(dayMs / 3)
    const cost = () => before.forecast.cost.expected.usdCents
    expect(cost()).toBe(30 * 600)
    before.use(720)
    expect(cost()).toBe(30 * 600)
    before.use(1_440)
    expect(cost()).toBe(30 * 600 + 300)
  })

  test('is the use so far without a full day of use; its basis has no days', () => {
    const team = new Team('2026-04-10T00:00:00Z', startPayAsYouGo)
    expect(team.forecast).toMatchObject({
      basis: { days: 0 },
      meters: [],
      tokens: { milliTokens: 0, lapsing: [] },
    })
    team.use(2_160)
    const { cost, basis } = team.forecast
    expect(basis.days).toBe(0)
    expect(cost).toMatchObject({
      soFar: { usdCents: 900 },
      expected: { usdCents: 900 },
      high: { usdCents: 900 },
    })
  })

  test('repeats a first full day, and its range begins at the use so far', () => {
    const { cost, basis } = new Team('2026-04-10T00:00:00Z', startPayAsYouGo).useUntil(
      '2026-04-11',
      () => 720,
    ).forecast
    expect(basis.days).toBe(1)
    expect(cost).toMatchObject({
      soFar: { usdCents: 300 },
      low: { usdCents: 300 },
      expected: { usdCents: 21 * 300 },
      high: { usdCents: 21 * 300 },
    })
  })

  test('has the pace of the month before on its first day', () => {
    const team = new Team('2026-03-01T00:00:00Z', startPayAsYouGo).useUntil('2026-04-01', () => 720)
    expect(team.forecast).toMatchObject({
      cost: { soFar: { usdCents: 0 }, expected: { usdCents: 30 * 300 } },
      lastMonth: { period: '2026-03', usdCents: 31 * 300 },
    })
  })

  test('falls after use has stopped, and expects none after a week', () => {
    const team = new Team('2026-03-01T00:00:00Z', startPayAsYouGo).useUntil('2026-04-01', () => 720)
    const costOn = (day: string) => team.useUntil(day, () => 0).forecast.cost
    // 12 of the 27 days to come are weekdays without use in the last week, which counts four tenths.
    expect(costOn('2026-04-04').expected.usdCents).toBeLessThan(27 * 300)
    expect(costOn('2026-04-04').expected.usdCents).toBeGreaterThan(20 * 300)
    expect(costOn('2026-04-08')).toMatchObject({ expected: { usdCents: 0 }, high: { usdCents: 23 * 300 } })
  })

  test('keeps the pace of a meter whose pauses are long', () => {
    const start = at('2026-03-01')
    const everyTenthDay = (day: number) => (((day - start) / dayMs) % 10 === 0 ? 7_200 : 0)
    const team = new Team('2026-03-01T00:00:00Z', startPayAsYouGo).useUntil('2026-04-09', everyTenthDay)
    expect(team.forecast.cost.expected.usdCents).toBeGreaterThan(0)
  })

  test('costs nothing on the free plan, and names the day on which a free amount is used up', () => {
    const prepare = (world: World) => world.plan({ plan: 'free', payAsYouGo: false })
    // Five hours are free in a month.
    const team = new Team('2026-03-01T00:00:00Z', prepare).useUntil('2026-04-05', () => 1_800)
    expect(team.forecast.cost.expected).toEqual({ milliTokens: 0, usdCents: 0 })
    const { limits } = team.forecast
    expect(limits.flatMap(({ meter, reachedOn }) => (reachedOn ? [[meter, dayOf(reachedOn)]] : []))).toEqual([
      [acad, '2026-04-10'],
    ])
  })

  test('costs nothing without a plan, and still shows the free amounts', () => {
    const { cost, limits, tokens } = new Team('2025-12-20T00:00:00Z', () => undefined).useUntil(
      '2026-01-10',
      () => 1_800,
    ).forecast
    expect(cost.high).toEqual({ milliTokens: 0, usdCents: 0 })
    expect(tokens).toMatchObject({ milliTokens: 0, lapsing: [] })
    expect(limits.find(({ meter }) => meter === acad)).toMatchObject({ used: 16_200, limit: 18_000 })
  })

  test('stops at the spend limit, and names the day', () => {
    const prepare = (world: World) =>
      world.plan({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 4_500 })
    const { cost, limits } = new Team('2026-04-01T00:00:00Z', prepare).useUntil(
      '2026-04-11',
      () => 720,
    ).forecast
    expect(cost.expected.usdCents).toBe(4_500)
    expect(limits.map(({ kind, used, limit, reachedOn }) => [kind, used, limit, dateOf(reachedOn)])).toEqual([
      ['spend', 3_000, 4_500, '2026-04-16'],
    ])
  })

  test('counts no tokens from the month on in which the free plan begins', () => {
    const team = new Team('2026-03-01T00:00:00Z', startPaid(500)).useUntil('2026-04-11', () => 720)
    team.world.plan({ plan: 'free', payAsYouGo: false })
    const { cost, tokens } = team.forecast
    expect(cost.expected.milliTokens).toBe(30_000)
    expect(tokens.lapsing.map(({ milliTokens }) => milliTokens)).toEqual([(500 - 31 - 30) * 1_000])
  })
})

describe('the forecast of the tokens', () => {
  test('names the first day whose use they do not pay', () => {
    const { tokens } = new Team('2026-03-01T00:00:00Z', startPaid(100)).useUntil(
      '2026-04-11',
      () => 1_440,
    ).forecast
    // 82 of 100 tokens are used on 41 days.
    expect(tokens.milliTokens).toBe(18_000)
    const { runOutOn, runOutEarliestOn, runOutLatestOn, lapsing } = tokens
    expect([runOutOn, runOutEarliestOn, runOutLatestOn].map(dateOf)).toEqual(Array(3).fill('2026-04-20'))
    expect(lapsing).toEqual([])
  })

  test('shows what lapses of a lot that ends first, and the later day on which the others run out', () => {
    const prepare = (world: World) => {
      startPayAsYouGo(world)
      world.buy(100, 300 * dayMs)
      world.buy(100)
    }
    const { tokens } = new Team('2026-03-01T00:00:00Z', prepare).useUntil('2026-04-11', () => 720).forecast
    // The older lot ends with 5 May 2026: 41 + 25 of its tokens are used.
    expect(tokens.lapsing).toEqual([{ lotId: 'lot-1', expiresAt: at('2026-05-06'), milliTokens: 34_000 }])
    expect(dateOf(tokens.runOutOn)).toBe('2026-08-14')
  })

  test('shows no last day where tokens lapse before they are used', () => {
    const { tokens } = new Team('2026-03-01T00:00:00Z', startPaid(1_000)).useUntil(
      '2026-04-11',
      () => 720,
    ).forecast
    expect(tokens.runOutOn).toBeUndefined()
    expect(dateOf(tokens.horizonAt)).toBe('2027-03-02')
    expect(tokens.lapsing.map(({ milliTokens }) => milliTokens)).toEqual([(1_000 - 366) * 1_000])
  })
})

describe('the course of the days', () => {
  const lots = fc.array(fc.record({ tokens: fc.integer({ min: 1, max: 60 }), ageDays: fc.nat(360) }), {
    minLength: 1,
    maxLength: 4,
  })

  test('spends, loses or keeps each token exactly once, and uses the whole pace', () => {
    fc.assert(
      fc.property(lots, fc.nat(3_000), fc.boolean(), (bought, perDay, isPayAsYouGo) => {
        const world = new World('2026-03-01T00:00:00Z')
        world.plan({ plan: 'paid', payAsYouGo: isPayAsYouGo })
        for (const { tokens, ageDays } of bought) world.buy(tokens, ageDays * dayMs)
        const before = world.account
        const assumed = { meters: [acad], pace: () => perDay / 3, usedToday: new Map() }
        const [monthEnd, until] = [at('2026-04-01'), at('2027-03-05')]
        const days = courseOf(before, assumed, { ...world, monthEnd, until })
        const spent = days.reduce((sum, { milliTokens }) => sum + milliTokens, 0)
        const lapsed = days.flatMap((day) => day.lapsed).reduce((sum, lot) => sum + lot.milliTokens, 0)
        const left = tokensLeft(days.at(-1)?.account ?? before)
        const lapsedToday = days.at(-1)?.lapsed.reduce((sum, lot) => sum + lot.milliTokens, 0) ?? 0
        expect(spent + lapsed + left - lapsedToday).toBe(tokensLeft(before))
        const used = days.reduce((sum, { quantities }) => sum + (quantities.get(acad) ?? 0), 0)
        expect(used).toBe(Math.round((days.length * perDay) / 3))
      }),
      propertyRuns(40),
    )
  })
})

describe('any team', () => {
  const uses = fc.array(fc.array(fc.nat(3_000), { minLength: 45, maxLength: 45 }), {
    minLength: 1,
    maxLength: 2,
  })
  const meters = [acad, 'model-derivative-complex-job']
  const teams = fc.record({
    uses,
    until: fc.integer({ min: 0, max: 44 }),
    tokens: fc.nat(400),
    ageDays: fc.integer({ min: 250, max: 330 }),
    payAsYouGo: fc.boolean(),
  })

  test('is expected to cost at least what it has cost, within the range, and its tokens add up', () => {
    fc.assert(
      fc.property(teams, ({ uses: quantities, until, tokens, ageDays, payAsYouGo: isOn }) => {
        const team = new Team('2026-03-01T00:00:00Z', (world) => {
          world.plan({ plan: 'paid', payAsYouGo: isOn })
          if (tokens > 0) world.buy(tokens, ageDays * dayMs)
        })
        for (let day = 0; day < until; day++) {
          for (const [index, meter] of meters.entries())
            team.use(Math.round((quantities[index]?.[day] ?? 0) / (index === 0 ? 1 : 1_000)), meter)
          team.world.pass(dayMs)
        }
        const found = team.forecast
        const { soFar, low, expected, high } = found.cost
        for (const measure of ['milliTokens', 'usdCents'] as const) {
          const order = [soFar, low, expected, high].map((cost) => cost[measure])
          expect(order).toEqual(order.toSorted((a, b) => a - b))
        }
        for (const { used, low: least, expected: likely, high: most } of found.meters)
          expect([used, least, likely, most]).toEqual([used, least, likely, most].toSorted((a, b) => a - b))
        const lapsing = found.tokens.lapsing.reduce((sum, { milliTokens }) => sum + milliTokens, 0)
        expect(lapsing).toBeLessThanOrEqual(found.tokens.milliTokens)
        expect(forecast(team.world.account, team.rows.toReversed(), team.world)).toEqual(found)
      }),
      propertyRuns(40),
    )
  })
})
