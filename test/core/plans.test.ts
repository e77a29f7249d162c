import { describe, expect, test } from 'vitest'
import { choosePlan, comingTerms } from '../../core/commands/choose-plan.ts'
import { conditionsOf, ineligibility, spendLeftAt } from '../../core/funding/pay-as-you-go.ts'
import { largest, smallest } from '../../core/funding/search.ts'
import { previewPlan } from '../../core/preview/plan-preview.ts'
import { refuse } from '../../core/refusal.ts'
import { World } from '../support/world.ts'

const now = '2026-02-20T10:00:00Z'
const at = (text: string) => Date.parse(text)
const endOfMonth = at('2026-03-01T00:00:00Z')

function worldOn(plan: Parameters<World['plan']>[0]): World {
  const world = new World(now)
  world.plan(plan)
  return world
}
const choose = (world: World, plan: Parameters<World['plan']>[0]) => {
  const decided = choosePlan(world.account, { kind: 'choose-plan', ...plan }, world.context)
  if ('refused' in decided) throw new Error(decided.code)
  return decided
}

describe('a change of plan', () => {
  test('to paid takes effect at once, and to free with the next month', () => {
    const world = worldOn({ plan: 'paid', payAsYouGo: false })
    const terms = { from: world.now, plan: 'paid', payAsYouGo: false }
    expect(world.account.terms).toEqual([terms])
    const decided = choose(world, { plan: 'free', payAsYouGo: false })
    const later = { from: endOfMonth, plan: 'free', payAsYouGo: false }
    const head = { teamId: 'acme', version: 3, at: world.now }
    expect(decided).toEqual({
      account: { ...world.account, version: 3, terms: [terms, later] },
      entries: [
        { ...head, kind: 'plan-changed', terms: later, spendLimitUsdCents: undefined, paidShortfall: [] },
      ],
      answer: { effectiveAt: endOfMonth },
    })
    expect(comingTerms(decided.account, endOfMonth - 1)).toEqual(later)
    expect(comingTerms(decided.account, endOfMonth)).toBeUndefined()
  })

  test('that is in force or chosen already changes nothing', () => {
    const world = worldOn({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 500 })
    const same = choose(world, { plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 500 })
    expect(same).toEqual({ account: world.account, entries: [], answer: {} })
    expect(choose(world, { plan: 'paid', payAsYouGo: true }).entries).toHaveLength(1)
    expect(choose(world, { plan: 'paid', payAsYouGo: false, spendLimitUsdCents: 500 }).entries).toHaveLength(
      1,
    )
    world.plan({ plan: 'free', payAsYouGo: false })
    expect(world.account.spendLimitUsdCents).toBe(500)
    const again = choose(world, { plan: 'free', payAsYouGo: false })
    expect(again).toEqual({ account: world.account, entries: [], answer: { effectiveAt: endOfMonth } })
  })

  test('to pay-as-you-go needs a country, a means of payment and a good standing, in this order', () => {
    const world = worldOn({ plan: 'paid', payAsYouGo: false })
    const because = (profile: object) => {
      const account = { ...world.account, profile: { ...world.account.profile, ...profile } }
      return choosePlan(account, { kind: 'choose-plan', plan: 'paid', payAsYouGo: true }, world.context)
    }
    const refusal = (condition: string) => refuse('PAY_AS_YOU_GO_NOT_ELIGIBLE', { because: condition })
    expect(because({ standing: 'bad' })).toEqual(refusal('standing'))
    expect(because({ standing: 'bad', paymentMethod: 'none' })).toEqual(refusal('payment-method'))
    expect(because({ standing: 'bad', paymentMethod: 'none', country: 'XX' })).toEqual(refusal('country'))
    const profile = { country: 'XX', paymentMethod: 'paypal', standing: 'good' } as const
    expect(conditionsOf(profile, world.now, world.catalog)).toEqual([
      { condition: 'country', met: false },
      { condition: 'payment-method', met: true },
      { condition: 'standing', met: true },
    ])
    expect(ineligibility({ ...profile, country: 'US' }, world.now, world.catalog)).toBeUndefined()
  })
})

describe('the preview of a change of plan', () => {
  test('to paid shows what is refused before and after it', () => {
    const world = new World(now)
    const decided = choose(world, { plan: 'paid', payAsYouGo: true })
    expect(previewPlan(world.account, decided, world.context)).toEqual({
      from: { from: 0, plan: 'none', payAsYouGo: false },
      effectiveAt: world.now,
      paysShortfall: [],
      refusedNow: [{ refusal: { refused: true, code: 'NO_PLAN', missing: [{ code: 'NO_PLAN' }] } }],
      refusedThen: [],
    })
  })

  test('to free shows the month in which it is in force', () => {
    const world = worldOn({ plan: 'paid', payAsYouGo: true })
    world.use('automation-autocad', 720)
    const decided = choose(world, { plan: 'free', payAsYouGo: false })
    expect(previewPlan(world.account, decided, world.context)).toEqual({
      from: { from: world.now, plan: 'paid', payAsYouGo: true },
      effectiveAt: endOfMonth,
      paysShortfall: [],
      refusedNow: [],
      refusedThen: [],
    })
  })

  test('shows the shortfall that pay-as-you-go pays', () => {
    const world = worldOn({ plan: 'paid', payAsYouGo: false })
    world.use('automation-autocad', 720)
    const decided = choose(world, { plan: 'paid', payAsYouGo: true })
    const { paysShortfall, refusedNow, refusedThen } = previewPlan(world.account, decided, world.context)
    expect(paysShortfall).toMatchObject([{ source: 'pay-as-you-go', meter: 'automation-autocad' }])
    expect(refusedNow.map(({ refusal }) => refusal.code)).toEqual(['SHORTFALL_DUE'])
    expect(refusedThen).toEqual([])
  })
})

test('the spend limit is what the month has left of it, and whole in a later month', () => {
  const world = worldOn({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 5_000 })
  expect(world.use('automation-autocad', 720)).toMatchObject([{ usdCents: 300 }])
  expect(spendLeftAt(world.account, endOfMonth - 1, world.context)).toBe(4_700)
  expect(spendLeftAt(world.account, endOfMonth, world.context)).toBe(5_000)
  const lowered = { ...world.account, spendLimitUsdCents: 1 }
  expect(spendLeftAt(lowered, world.now, world.context)).toBe(0)
  const { spendLimitUsdCents: _, ...unlimited } = world.account
  expect(spendLeftAt(unlimited, world.now, world.context)).toBe(Number.POSITIVE_INFINITY)
  const off = worldOn({ plan: 'paid', payAsYouGo: false })
  expect(spendLeftAt(off.account, off.now, off.context)).toBeUndefined()
})

test('a search finds the border between numbers that are allowed and those that are not', () => {
  for (const border of [0, 1, 2, 5, 6, 7])
    expect([border, largest(7, (n) => n <= border)]).toEqual([border, border])
  expect(largest(7, () => false)).toBe(0)
  expect(largest(2 ** 53 - 1, (n) => n <= 12_345)).toBe(12_345)
  for (const border of [0, 1, 2, 5, 6, 7])
    expect([border, smallest(7, (n) => n >= border)]).toEqual([border, border])
})
