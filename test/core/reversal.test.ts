import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Account } from '../../core/account/account.ts'
import { emptyAccount, noMeterState } from '../../core/account/account.ts'
import { tidy } from '../../core/account/tidy.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import { apply } from '../../core/journal/fold.ts'
import { refuse } from '../../core/refusal.ts'
import { dayMs, hourMs } from '../../core/time/time.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { World } from '../support/world.ts'
import { problemsOf, storyOf } from './money-stories.ts'
import { anything, run } from './random-steps.ts'

const acad = 'automation-autocad'
const jobs = 'model-derivative-complex-job'
const newWorld = (plan: 'free' | 'paid' = 'paid', payAsYouGo = false) => {
  const world = new World('2027-01-10T10:00:00Z')
  world.plan({ plan, payAsYouGo })
  return world
}
const reversalOf = (world: World): EntryOf<'reversal'> => {
  const entry = world.entries.findLast(({ kind }) => kind === 'reversal')
  if (entry?.kind !== 'reversal') throw new Error('no reversal')
  return entry
}

describe('use that is taken back', () => {
  test('gives free use back, so the API works again at once', () => {
    const world = newWorld('free')
    world.use(jobs, 20)
    expect(world.ask(jobs, 1)).toEqual({ code: 'FREE_LIMIT_REACHED' })
    world.reverse(world.entries.at(-1))
    world.pass(1)
    expect(world.account.meters).toEqual({})
    expect(world.ask(jobs, 20)).toMatchObject({ id: expect.any(String) })
  })

  test('returns tokens to their lot and quantity to the remainder', () => {
    const world = newWorld()
    world.buy(10)
    world.use(acad, 1_000)
    expect(world.account).toMatchObject({
      lots: [{ remaining: 9_000 }],
      meters: { [acad]: { remainder: 280 } },
    })
    world.reverse(world.entries.at(-1))
    expect(world.account).toMatchObject({
      lots: [{ remaining: 10_000 }],
      meters: { [acad]: { remainder: 0 } },
    })
    expect(reversalOf(world)).toMatchObject({ tokens: [{ milliTokens: 1_000, hasLapsed: false }] })
  })

  test('brings back a lot that was used up', () => {
    const world = newWorld()
    world.buy(2)
    world.use(acad, 1_440)
    expect(world.account.lots).toEqual([])
    world.reverse(world.entries.at(-1))
    expect(world.account.lots).toMatchObject([{ remaining: 2_000, milliTokens: 2_000 }])
  })

  test('returns one more unit where later use was completed by it', () => {
    const world = newWorld()
    world.buy(5)
    world.use(jobs, 1)
    const first = world.entries.at(-1)
    world.use(jobs, 1)
    world.reverse(first)
    expect(world.account).toMatchObject({
      lots: [{ remaining: 5_000 }],
      meters: { [jobs]: { remainder: 1 } },
    })
    expect(reversalOf(world).alsoReturned).toMatchObject([{ entry: 5, usage: { charges: [{ units: 1 }] } }])
    world.reverse(world.entries.findLast(({ kind }) => kind === 'usage'))
    expect(world.account).toMatchObject({
      lots: [{ remaining: 5_000 }],
      meters: { [jobs]: { remainder: 0 } },
    })
  })

  test('returns one unit fewer where other use completes it without what goes', () => {
    const world = newWorld()
    world.buy(5)
    for (let use = 0; use < 3; use++) world.use(jobs, 1)
    const [first, second, third] = world.entries.filter(({ kind }) => kind === 'usage')
    world.reverse(second)
    expect(world.account).toMatchObject({
      lots: [{ remaining: 2_000 }],
      meters: { [jobs]: { remainder: 0 } },
    })
    expect(reversalOf(world).kept).toMatchObject([{ usage: { charges: [{ units: 1, milliTokens: 3_000 }] } }])
    world.reverse(third)
    expect(world.account).toMatchObject({
      lots: [{ remaining: 5_000 }],
      meters: { [jobs]: { remainder: 1 } },
    })
    world.reverse(first)
    expect(world.account).toMatchObject({
      lots: [{ remaining: 5_000 }],
      meters: { [jobs]: { remainder: 0 } },
    })
  })

  test('closes an open authorization and gives its hold back', () => {
    const world = newWorld()
    world.buy(3)
    const asked = world.ask(acad, 1_440)
    if (!('id' in asked)) throw new Error(asked.code)
    world.capture(asked.id, 720)
    world.reverse(world.entries.at(-1))
    expect(world.account).toMatchObject({ lots: [{ remaining: 3_000 }] })
    expect(world.account.meters[acad]?.paid ?? []).toEqual([])
    expect(world.authorizations.get(asked.id)).toMatchObject({ closedBecause: 'reversed', held: 0 })
  })

  test('leaves the tally of an open month', () => {
    const world = newWorld('paid', true)
    world.use(acad, 1_440)
    world.reverse(world.entries.at(-1))
    expect(world.account.meters[acad]).toMatchObject({ current: { units: 0, usdCents: 0, lateUnits: 0 } })
    expect(reversalOf(world)).toMatchObject({ unbilled: [{ units: 2, usdCents: 600 }], creditUsdCents: 0 })
  })

  test('lowers what is due of a closed bill, with a credit note in the series of invoices', () => {
    const world = newWorld('paid', true)
    world.use(acad, 1_440)
    const used = world.entries.at(-1)
    world.use(acad, 720)
    world.pass(30 * dayMs)
    expect(world.account).toMatchObject({ dues: [{ dueId: 'invoice:2027-01', usdCents: 900 }], documents: 1 })
    world.reverse(used)
    const note = { number: 2, period: '2027-01', meter: acad, units: 2, usdCents: 600, dueUsdCents: 600 }
    expect(reversalOf(world)).toMatchObject({ creditNotes: [note], creditUsdCents: 0 })
    expect(world.account).toMatchObject({ dues: [{ usdCents: 300 }], documents: 2, creditUsdCents: 0 })
  })

  test('becomes credit where the bill is paid', () => {
    const world = newWorld('paid', true)
    world.use(acad, 720)
    const used = world.entries.at(-1)
    world.pass(30 * dayMs)
    const target = { payable: { status: 'pending' }, usdCents: 300 } as const
    const paid = {
      kind: 'take-payment',
      paymentId: 'x',
      paidFor: { invoice: '2027-01' },
      status: 'settled',
    } as const
    world.decide(paid, { ...world.context, target })
    world.reverse(used)
    expect(world.account).toMatchObject({ dues: [], creditUsdCents: 300 })
    expect(reversalOf(world).creditNotes).toMatchObject([{ usdCents: 300, dueUsdCents: 0 }])
  })

  test('drops shortfall that is still due', () => {
    const world = newWorld()
    world.use(acad, 1_440)
    expect(world.account.shortfall).toMatchObject([{ units: 2 }])
    world.reverse(world.entries.at(-1))
    expect(world.account.shortfall).toEqual([])
  })

  test('brings back the tokens that have paid for its shortfall', () => {
    const world = newWorld()
    world.use(acad, 1_440)
    const used = world.entries.at(-1)
    world.buy(5)
    expect(world.account).toMatchObject({ shortfall: [], lots: [{ remaining: 3_000 }] })
    world.reverse(used)
    expect(world.account).toMatchObject({ shortfall: [], lots: [{ remaining: 5_000 }] })
  })

  test('returns tokens that pay the shortfall of other use', () => {
    const world = newWorld()
    world.buy(1)
    world.use(acad, 720)
    const used = world.entries.at(-1)
    world.use(jobs, 2)
    expect(world.account.shortfall).toMatchObject([{ meter: jobs }])
    world.buy(2)
    world.reverse(used)
    expect(world.account).toMatchObject({ shortfall: [] })
  })

  test('counts tokens as lapsed after their lot has expired', () => {
    const world = newWorld()
    world.buy(1, 364 * dayMs)
    world.use(acad, 720)
    const used = world.entries.at(-1)
    world.pass(3 * dayMs)
    world.reverse(used)
    expect(reversalOf(world).tokens).toMatchObject([{ milliTokens: 1_000, hasLapsed: true }])
    expect(world.account.lots).toEqual([])
  })

  test('is taken back once', () => {
    const world = newWorld()
    world.use(acad, 720)
    const used = world.entries.at(-1)
    world.reverse(used)
    expect(world.reverse(used)).toEqual(refuse('NOT_REVERSIBLE', { because: 'reversed' }))
  })
})

describe('tokens whose payment is taken back', () => {
  test('are due after a charge-back as far as they are spent, and the rest is gone', () => {
    const world = newWorld()
    world.buy(100)
    world.use(acad, 30 * 720)
    const lotId = world.account.lots[0]?.lotId ?? ''
    world.takeBack(lotId, 'charged-back')
    expect(world.account.lots).toEqual([])
    expect(world.account.dues).toMatchObject([{ dueId: `charge-back:${lotId}`, usdCents: 9_000 }])
    expect(world.entries.at(-1)).toMatchObject({ kind: 'tokens-taken-back', milliTokens: 70_000 })
  })

  test('stay for what is held at that moment, and are taken back as holds end', () => {
    const world = newWorld()
    world.buy(100)
    const asked = world.ask(acad, 10 * 720)
    if (!('id' in asked)) throw new Error(asked.code)
    const lotId = world.account.lots[0]?.lotId ?? ''
    world.takeBack(lotId, 'charged-back')
    expect(world.account).toMatchObject({ lots: [{ remaining: 10_000 }], dues: [] })
    expect(world.ask(acad, 1)).toEqual({ code: 'TOKENS_EXHAUSTED' })
    world.capture(asked.id, 3 * 720)
    expect(world.account).toMatchObject({ lots: [{ remaining: 7_000 }], dues: [{ usdCents: 900 }] })
    world.pass(2 * hourMs)
    expect(world.account.lots).toEqual([])
    expect(world.entries.at(-1)).toMatchObject({ kind: 'tokens-taken-back', milliTokens: 7_000 })
  })
})

/** Reverses each use of a journal, the newest or the oldest first. */
function reverseAll(world: World, isNewestFirst: boolean): void {
  const done = new Set<string>()
  const uses = world.entries.filter(({ kind }) => kind === 'usage' || kind === 'capture')
  for (const entry of isNewestFirst ? uses.toReversed() : uses) {
    const id =
      entry.kind === 'usage' ? entry.id : 'authorization' in entry && entry.authorization.authorizationId
    if (typeof id !== 'string' || done.has(id)) continue
    done.add(id)
    world.reverse(entry)
  }
}

/** Everything of an account but its journal's length, credit, numbers of documents and periods; lots without their ids. */
function comparable({ lots, meters, shortfall, dues, limits, suspendedBecause, overdueSince }: Account) {
  const states = Object.values(meters).filter(
    (state) => JSON.stringify(state) !== JSON.stringify(noMeterState),
  )
  const tokens = lots.map(({ milliTokens, remaining, purchasedAt, expiresAt }) => {
    return { milliTokens, remaining, purchasedAt, expiresAt }
  })
  return { tokens, states, shortfall, dues, limits, suspendedBecause, overdueSince }
}

test('reversing every use, in either order, gives the account that was never used', () => {
  const isUse = (step: { readonly do: string }) => ['ask', 'capture', 'void', 'use'].includes(step.do)
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 30, size: 'max' }), fc.boolean(), (steps, isNewestFirst) => {
      const used = run(newWorld(), steps)
      const unused = run(
        newWorld(),
        steps.filter((step) => !isUse(step)),
      )
      used.pass(1)
      reverseAll(used, isNewestFirst)
      for (const world of [used, unused]) {
        world.now = Math.max(used.now, unused.now)
        world.pass(3 * dayMs)
      }
      expect(comparable(tidy(used.account, used.now))).toEqual(comparable(tidy(unused.account, unused.now)))
    }),
    propertyRuns(400),
  )
})

test('tokens add up whatever is used, captured, reversed, refunded and charged back', () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: anything },
    { weight: 1, arbitrary: fc.constant('reverse' as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('refunded' as const, 'charged-back' as const),
    },
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const world = newWorld()
      for (const one of steps) {
        if (typeof one !== 'string') run(world, [one])
        else if (one === 'reverse') {
          const entry = world.entries.findLast(({ kind }) => kind === 'usage' || kind === 'capture')
          if (entry !== undefined) world.reverse(entry)
        } else {
          const lot = world.account.lots[0]
          if (lot !== undefined) world.takeBack(lot.lotId, one)
        }
        for (const lot of world.account.lots) {
          expect(lot.remaining).toBeGreaterThan(0)
          expect(lot.remaining).toBeLessThanOrEqual(lot.milliTokens)
        }
        for (const due of world.account.dues) expect(due.usdCents).toBeGreaterThan(0)
        expect(world.account.creditUsdCents).toBeGreaterThanOrEqual(0)
      }
      expect(world.entries.reduce(apply, emptyAccount('acme'))).toMatchObject({ lots: world.account.lots })
    }),
    propertyRuns(400),
  )
})

test('random stories of money leave nothing for the audit to find', () => {
  fc.assert(
    fc.property(storyOf(30), (story) => {
      expect(problemsOf(story)).toEqual([])
    }),
    propertyRuns(400),
  )
})
