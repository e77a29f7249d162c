import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyAccount, spentUsdCents } from '../../core/account/account.ts'
import { tidy } from '../../core/account/tidy.ts'
import { advance, nextDueAt } from '../../core/advance.ts'
import { authorizeNew } from '../../core/commands/authorize.ts'
import type { AskedUse } from '../../core/funding/ask.ts'
import type { Obstacle } from '../../core/funding/denial.ts'
import { apply } from '../../core/journal/fold.ts'
import { dayMs } from '../../core/time/time.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { charges, World } from '../support/world.ts'
import {
  anything,
  apart,
  catalog as included,
  meters,
  onlyIncluded,
  onlyPromised,
  promisedWithSubscriptions,
  run,
  withSwitches,
} from './random-steps.ts'

const createPaidWorld = (start = '2027-01-25T10:00:00Z') => {
  const world = new World(start, included)
  world.plan({ plan: 'paid', payAsYouGo: false })
  return world
}
const grace = () => new World('2026-01-10T10:00:00Z')
const steps = fc.array(anything, { minLength: 5, maxLength: 60 })

type Answer = ReturnType<typeof authorizeNew>

function ask({ account, now, catalog, app }: World, asked: Omit<AskedUse, 'appId'>): Answer {
  const command = { kind: 'authorize', authorizationId: 'asked', appId: 'app', ...asked } as const
  return authorizeNew(account, command, { now, catalog, app })
}

/** Prints its seed when it fails; `numRuns` bounds the time. */
const runs = propertyRuns(400)

describe('whatever happens', () => {
  test('folding the journal gives the account, field by field', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (story, isPaid) => {
        const world = run(isPaid ? createPaidWorld() : grace(), story)
        const folded = world.entries.reduce(apply, emptyAccount('acme'))
        expect(tidy(folded, world.now)).toEqual(tidy(world.account, world.now))
        expect(world.entries.map((entry) => entry.version)).toEqual(
          world.entries.map((_, index) => index + 1),
        )
      }),
      runs,
    )
  })

  test('the tokens of every lot are remaining, spent or expired, and never below zero', () => {
    fc.assert(
      fc.property(steps, (story) => {
        const world = run(createPaidWorld(), story)
        const left = new Map<string, number>()
        for (const entry of world.entries) {
          if (entry.kind === 'lot-granted') left.set(entry.lot.lotId, entry.lot.milliTokens)
          for (const charge of charges([entry])) {
            for (const draw of charge.source === 'flex' ? charge.lots : []) {
              const rest = (left.get(draw.lotId) ?? 0) - draw.milliTokens
              expect(rest).toBeGreaterThanOrEqual(0)
              left.set(draw.lotId, rest)
            }
          }
          if (entry.kind === 'lot-expired') {
            expect(left.get(entry.lotId)).toBe(entry.milliTokens)
            left.set(entry.lotId, 0)
          }
        }
        const remaining = new Map(world.account.lots.map((lot) => [lot.lotId, lot.remaining]))
        for (const [lotId, rest] of left) expect(remaining.get(lotId) ?? 0).toBe(rest)
      }),
      runs,
    )
  })

  test('charged units and the remainder are the paid use, per meter', () => {
    fc.assert(
      fc.property(steps, (story) => {
        const world = run(createPaidWorld(), story)
        for (const name of meters) {
          let total = 0
          let charged = 0
          for (const entry of world.entries) {
            if ((entry.kind !== 'capture' && entry.kind !== 'usage') || entry.usage.meter !== name) continue
            if (entry.usage.funding !== 'paid') continue
            total += entry.usage.quantity - (entry.usage.included ?? 0) - (entry.usage.waived ?? 0)
            for (const charge of entry.usage.charges) charged += charge.units * (entry.usage.unitSize ?? 0)
          }
          const remainder = world.account.meters[name]?.remainder ?? 0
          expect(charged + remainder).toBe(total)
          expect(remainder).toBeLessThan(
            {
              'model-derivative-complex-job': 2,
              'model-derivative-basic': 300_000,
              'automation-fusion': 1_200,
            }[name] ?? 720,
          )
        }
      }),
      runs,
    )
  })

  test('no authorization under a quote is charged more than its cap, nor for more than its quantity', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (story, isPaid) => {
        const world = run(isPaid ? createPaidWorld() : grace(), story)
        const charged = new Map<string, { tokens: number; money: number; quantity: number }>()
        for (const entry of world.entries) {
          if (entry.kind !== 'capture' || entry.authorization.quoteId === undefined) continue
          const { quoteId } = entry.authorization
          const sum = charged.get(quoteId) ?? { tokens: 0, money: 0, quantity: 0 }
          for (const charge of entry.usage.charges) {
            if (charge.source === 'flex') sum.tokens += charge.milliTokens
            if (charge.source === 'pay-as-you-go') sum.money += charge.usdCents
            if (charge.source === 'shortfall') sum.tokens += charge.units * charge.milliTokensPerUnit
          }
          sum.quantity += entry.usage.quantity - (entry.usage.waived ?? 0)
          charged.set(quoteId, sum)
          const quote = world.quotes.get(quoteId)
          expect(quote).toBeDefined()
          if (quote === undefined || entry.usage.funding !== 'paid') continue
          expect(sum.tokens).toBeLessThanOrEqual(quote.milliTokens)
          expect(sum.money).toBeLessThanOrEqual(quote.usdCents)
          expect(sum.quantity).toBeLessThanOrEqual(quote.quantity)
        }
      }),
      runs,
    )
  })

  test('a bill is the pay-as-you-go charges of its period, and no spend limit is passed', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 4_000 }), (story, limit) => {
        const world = new World('2027-01-25T10:00:00Z')
        world.plan({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents: limit })
        const unlimited = story.filter((step) => step.do !== 'plan')
        run(world, unlimited, ({ account }) => {
          expect(spentUsdCents(account, 'current')).toBeLessThanOrEqual(limit)
          expect(spentUsdCents(account, 'previous')).toBeLessThanOrEqual(limit)
        })
        world.pass(40 * dayMs)
        for (const entry of world.entries) {
          if (entry.kind !== 'period-closed') continue
          const ofPeriod = charges(world.entries).flatMap((charge) =>
            charge.source === 'pay-as-you-go' && charge.period === entry.period ? [charge] : [],
          )
          expect(entry.usdCents).toBe(ofPeriod.reduce((sum, charge) => sum + charge.usdCents, 0))
          expect(entry.lines.reduce((sum, line) => sum + line.units, 0)).toBe(
            ofPeriod.reduce((sum, charge) => sum + charge.units, 0),
          )
        }
      }),
      runs,
    )
  })

  test('two half runs of time are one run', () => {
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 0, max: 800 }),
        fc.integer({ min: 0, max: 800 }),
        (story, first, second) => {
          const { account, now, catalog } = run(createPaidWorld(), story)
          const half = advance(account, now + first * dayMs, catalog)
          const rest = advance(half.account, now + (first + second) * dayMs, catalog)
          const whole = advance(account, now + (first + second) * dayMs, catalog)
          expect([...half.entries, ...rest.entries]).toEqual(whole.entries)
          expect(rest.account).toEqual(whole.account)
        },
      ),
      runs,
    )
  })

  test('nothing falls due before nextDueAt, and something does at it', () => {
    fc.assert(
      fc.property(steps, (story) => {
        const { account, catalog } = run(createPaidWorld(), story)
        const due = nextDueAt(account)
        const before = due === undefined ? account.at + 3_000 * dayMs : due - 1
        expect(advance(account, before, catalog).entries).toEqual([])
        if (due !== undefined) expect(advance(account, due, catalog).entries.length).toBeGreaterThan(0)
      }),
      runs,
    )
  })
})

describe('allowed use can be paid', () => {
  test('a capture within its authorization is never shortfall, whatever lots, holds and captures do', () => {
    let captured = 0
    const manyRuns = propertyRuns(3_000)
    fc.assert(
      fc.property(fc.array(onlyPromised, { minLength: 10, maxLength: 80 }), (story) => {
        const within = story.map((step) =>
          step.do === 'capture' ? { ...step, part: Math.min(100, step.part) } : step,
        )
        const world = createPaidWorld()
        world.buy(5)
        run(world, within, () => {}, true)
        captured += world.entries.filter(
          (entry) => entry.kind === 'capture' && entry.usage.charges.length > 0,
        ).length
        expect(charges(world.entries).filter((charge) => charge.source === 'shortfall')).toEqual([])
      }),
      manyRuns,
    )
    expect(captured).toBeGreaterThan((manyRuns.numRuns * 2) / 3)
  })

  test('no capture within its hold is shortfall while pay-as-you-go is switched, its limit changes and late events arrive', () => {
    let captured = 0
    const manyRuns = propertyRuns(3_000)
    fc.assert(
      fc.property(fc.array(withSwitches, { minLength: 10, maxLength: 80 }), (story) => {
        const world = createPaidWorld()
        world.pass(1)
        world.buy(5)
        run(world, story.flatMap(apart), () => {}, true)
        const captures = world.entries.filter((entry) => entry.kind === 'capture')
        captured += captures.filter((entry) => entry.usage.charges.length > 0).length
        expect(charges(captures).filter((charge) => charge.source === 'shortfall')).toEqual([])
      }),
      manyRuns,
    )
    expect(captured).toBeGreaterThan(manyRuns.numRuns / 10)
  })

  test('a capture within its authorization is never shortfall, although included amounts change with the month', () => {
    let charged = 0
    let given = 0
    const manyRuns = propertyRuns(3_000)
    fc.assert(
      fc.property(fc.array(promisedWithSubscriptions, { minLength: 10, maxLength: 80 }), (story) => {
        const within = story.map((step) =>
          step.do === 'capture' ? { ...step, part: Math.min(100, step.part) } : step,
        )
        const world = createPaidWorld('2027-01-31T14:00:00Z')
        world.subscribe({ product: 'p1', from: '2027-01-01', until: '2027-01-31' })
        world.buy(5)
        run(world, within, () => {}, true)
        for (const entry of world.entries) {
          if (entry.kind !== 'capture') continue
          if (entry.usage.charges.length > 0) charged += 1
          if (entry.usage.included !== undefined) given += 1
        }
        expect(charges(world.entries).filter((charge) => charge.source === 'shortfall')).toEqual([])
      }),
      manyRuns,
    )
    expect(charged).toBeGreaterThan(manyRuns.numRuns / 4)
    expect(given).toBeGreaterThan(manyRuns.numRuns / 4)
  })

  test('a capture of a team that has nothing else is included, whatever events, months and subscriptions do', () => {
    let captured = 0
    const manyRuns = propertyRuns(3_000)
    fc.assert(
      fc.property(fc.array(onlyIncluded, { minLength: 10, maxLength: 80 }), (story) => {
        const world = new World('2027-01-29T10:00:00Z', included)
        world.plan({ plan: 'paid', payAsYouGo: false })
        world.subscribe({ product: 'p0', from: '2027-01-01' }, { product: 'p1', from: '2027-01-01' })
        run(world, story, () => {}, true)
        for (const entry of world.entries) {
          if (entry.kind !== 'capture') continue
          captured += 1
          const { quantity, included: given = 0 } = entry.usage
          expect(given).toBe(quantity)
        }
      }),
      manyRuns,
    )
    expect(captured).toBeGreaterThan(manyRuns.numRuns / 3)
  })

  test('shortfall is never more than what unauthorized use could complete', () => {
    fc.assert(
      fc.property(steps, (story) => {
        const world = createPaidWorld()
        world.buy(4)
        run(
          world,
          story.filter((step) => step.do !== 'plan'),
        )
        for (const name of meters) {
          const unit =
            {
              'model-derivative-complex-job': 2,
              'model-derivative-basic': 300_000,
              'automation-fusion': 1_200,
            }[name] ?? 720
          let owed = 0
          let unauthorized = 0
          let count = 0
          for (const entry of world.entries) {
            if ((entry.kind !== 'capture' && entry.kind !== 'usage') || entry.usage.meter !== name) continue
            for (const charge of entry.usage.charges) if (charge.source === 'shortfall') owed += charge.units
            const beyond =
              entry.kind === 'usage'
                ? entry.usage.quantity
                : Math.max(0, entry.usage.quantity - entry.released)
            unauthorized += beyond
            if (beyond > 0) count += 1
          }
          expect(owed).toBeLessThanOrEqual(Math.ceil(unauthorized / unit) + Math.min(1, count))
        }
      }),
      runs,
    )
  })
})

describe('the missing amount', () => {
  const asks = fc.record({
    meter: fc.constantFrom(...meters),
    quantity: fc.integer({ min: 1, max: 9_000 }),
    holdSeconds: fc.constantFrom(60, 3_600, 86_400),
  })
  const payable = ['SHORTFALL_DUE', 'TOKENS_EXHAUSTED', 'SPEND_LIMIT_REACHED']
  const missingTokens = (missing: readonly Obstacle[]) =>
    Math.ceil(missing.reduce((sum, item) => sum + ('milliTokens' in item ? item.milliTokens : 0), 0) / 1_000)

  /** Runs a story and asks. The check gets the refused world where it applies, and a way to ask again after a change of it. */
  function checkRefused(
    applies: (missing: readonly Obstacle[]) => boolean,
    check: (world: World, missing: readonly Obstacle[], again: () => Answer) => void,
  ) {
    let count = 0
    fc.assert(
      fc.property(steps, fc.boolean(), asks, (story, isMoney, asked) => {
        const world = createPaidWorld()
        if (isMoney) world.plan({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 1_500 })
        world.buy(2)
        run(
          world,
          story.filter((step) => step.do !== 'plan'),
        )
        const again = () => ask(world, asked)
        const answer = again()
        if (!('refused' in answer) || !applies(answer.missing)) return
        count += 1
        expect(answer.code).toBe(answer.missing[0]?.code)
        check(world, answer.missing, again)
      }),
      runs,
    )
    expect(count).toBeGreaterThan(runs.numRuns / 20)
  }

  test('in tokens is exactly what a purchase must bring, shortfall included', () => {
    const isPayable = (missing: readonly Obstacle[]) => missing.every(({ code }) => payable.includes(code))
    checkRefused(isPayable, (world, missing, again) => {
      const tokens = missingTokens(missing)
      const before = world.account
      if (missing.length === 1 && missing[0]?.code !== 'SHORTFALL_DUE' && tokens > 1) {
        world.buy(tokens - 1)
        expect(again()).toMatchObject({ refused: true })
        world.account = before
      }
      world.buy(tokens)
      expect(again()).not.toHaveProperty('refused')
    })
  })

  test('to a spend limit is exactly the amount by which it must be raised', () => {
    const isLimit = ([first]: readonly Obstacle[]) => first?.code === 'SPEND_LIMIT_REACHED'
    checkRefused(isLimit, (world, [first], again) => {
      if (first?.code !== 'SPEND_LIMIT_REACHED') return
      const limit = (spendLimitUsdCents: number) =>
        world.plan({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents })
      expect(first.usdCents).toBeGreaterThan(0)
      limit(first.limitUsdCents + first.usdCents - 1)
      expect(again()).toMatchObject({ code: 'SPEND_LIMIT_REACHED' })
      limit(first.limitUsdCents + first.usdCents)
      expect(again()).not.toHaveProperty('refused')
    })
  })

  test('in tokens lies in the phase that is shown: what is needed there, less what is alive there', () => {
    const isTokens = (missing: readonly Obstacle[]) => missing.at(-1)?.code === 'TOKENS_EXHAUSTED'
    checkRefused(isTokens, (_, missing) => {
      for (const item of missing) {
        if (item.code !== 'TOKENS_EXHAUSTED') continue
        const { demands, milliTokens, lapsedMilliTokens } = item.phase
        const needed = demands.reduce((sum, demand) => sum + demand.units * demand.milliTokensPerUnit, 0)
        expect(item.milliTokens).toBe(needed - milliTokens)
        expect(item.lapses.reduce((sum, lapse) => sum + lapse.milliTokens, 0)).toBe(lapsedMilliTokens)
      }
    })
  })
})

describe('captures', () => {
  test('repeated and reordered captures count once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.nat()),
        (reports, order) => {
          const once = (list: readonly number[]) => {
            const world = createPaidWorld()
            world.buy(10)
            const asked = world.ask('automation-autocad', 3_000)
            if ('code' in asked) throw new Error(asked.code)
            for (const used of list) world.capture(asked.id, used)
            return world.account
          }
          const shuffled = reports
            .map((used) => ({ used, key: order.next().value ?? 0 }))
            .toSorted((a, b) => a.key - b.key)
          const a = once(reports)
          const b = once([...shuffled, ...shuffled].map(({ used }) => used))
          expect(b.meters).toEqual(a.meters)
          expect(b.lots).toEqual(a.lots)
        },
      ),
      runs,
    )
  })
})
