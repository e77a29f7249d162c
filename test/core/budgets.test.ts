import { describe, expect, test } from 'vitest'
import { budgetsMax } from '../../core/account/bounds.ts'
import { findBudget, usedAt } from '../../core/account/budgets.ts'
import { heldAt } from '../../core/account/holds.ts'
import { authorizeNew } from '../../core/commands/authorize.ts'
import { dayMs, hourMs, minuteMs } from '../../core/time/time.ts'
import { World } from '../support/world.ts'

const acad = 'automation-autocad'
const unit = 720

function paidWorld(start = '2027-03-10T10:00:00Z', money = false): World {
  const world = new World(start)
  world.plan({ plan: 'paid', payAsYouGo: money })
  if (!money) world.buy(100)
  return world
}

/** The amounts that are used and held of a budget now. */
const stateOf = (world: World, budgetId: string) => {
  const budget = findBudget(world.account, budgetId)
  return budget && [usedAt(budget, world.now), heldAt(budget.held, world.now)]
}

const ask = (world: World, budgetId: string, units: number, holdSeconds = 3_600) =>
  world.ask(acad, units * unit, holdSeconds, { budgetId })

function grant(world: World, budgetId: string, units: number, holdSeconds = 3_600): string {
  const asked = ask(world, budgetId, units, holdSeconds)
  if ('code' in asked) throw new Error(asked.code)
  return asked.id
}

const denied = { code: 'BUDGET_EXHAUSTED' }

describe('a budget', () => {
  test('is held by an authorization, used by captures, and given back by the end of it', () => {
    const world = paidWorld()
    const budgetId = world.budget('tokens', 5_000)
    const id = grant(world, budgetId, 3)
    expect(stateOf(world, budgetId)).toEqual([0, 3_000])
    world.capture(id, unit)
    expect(stateOf(world, budgetId)).toEqual([1_000, 2_000])
    world.capture(id, unit + 1, true)
    expect(stateOf(world, budgetId)).toEqual([1_000, 0])
  })

  test('denies what it does not cover, to the last unit', () => {
    const world = paidWorld()
    const budgetId = world.budget('tokens', 2_999)
    expect(ask(world, budgetId, 3)).toEqual(denied)
    grant(world, budgetId, 2)
    expect(ask(world, budgetId, 1)).toEqual(denied)
  })

  test('counts every unit at its price in money where it is one of money, also if tokens pay', () => {
    const world = paidWorld()
    const budgetId = world.budget('usd-cents', 600)
    const id = grant(world, budgetId, 2)
    world.capture(id, 2 * unit)
    expect(stateOf(world, budgetId)).toEqual([600, 0])
    expect(ask(world, budgetId, 1)).toEqual(denied)
  })

  test('begins again with the day, or the month', () => {
    for (const [every, ms] of [
      ['day', 14 * hourMs],
      ['month', 22 * dayMs - 10 * hourMs],
    ] as const) {
      const world = paidWorld()
      const budgetId = world.budget('tokens', 1_000, every)
      world.capture(grant(world, budgetId, 1), unit)
      world.pass(ms - 1)
      expect(ask(world, budgetId, 1)).toEqual(denied)
      world.pass(1)
      expect(stateOf(world, budgetId)).toEqual([0, 0])
      grant(world, budgetId, 1)
    }
  })

  test('counts a hold across midnight on both sides', () => {
    const world = paidWorld('2027-03-10T23:30:00Z')
    const budgetId = world.budget('tokens', 2_000)
    const id = grant(world, budgetId, 2)
    world.pass(hourMs / 2)
    expect(ask(world, budgetId, 1)).toEqual(denied)
    world.capture(id, 2 * unit)
    expect(stateOf(world, budgetId)).toEqual([2_000, 0])
  })

  test('releases the hold of an authorization that expires', () => {
    const world = paidWorld()
    const budgetId = world.budget('tokens', 1_000)
    grant(world, budgetId, 1, 60)
    world.pass(minuteMs)
    expect(stateOf(world, budgetId)).toEqual([0, 0])
    grant(world, budgetId, 1)
  })

  test('gets back what a void releases and what a reversal returns', () => {
    const world = paidWorld()
    const budgetId = world.budget('tokens', 4_000)
    world.void(grant(world, budgetId, 2))
    expect(stateOf(world, budgetId)).toEqual([0, 0])
    world.capture(grant(world, budgetId, 4), 2 * unit)
    expect(stateOf(world, budgetId)).toEqual([2_000, 2_000])
    world.reverse(world.entries.at(-1))
    expect(stateOf(world, budgetId)).toEqual([0, 0])
  })

  test('gets back nothing of a day that is over', () => {
    const world = paidWorld()
    const budgetId = world.budget('tokens', 4_000)
    world.capture(grant(world, budgetId, 2), 2 * unit)
    const captured = world.entries.at(-1)
    world.pass(dayMs)
    world.capture(grant(world, budgetId, 1), unit)
    world.reverse(captured)
    expect(stateOf(world, budgetId)).toEqual([1_000, 0])
  })

  test('costs nothing on a free plan', () => {
    const world = new World('2027-03-10T10:00:00Z')
    world.plan({ plan: 'free', payAsYouGo: false })
    const budgetId = world.budget('tokens', 0)
    expect(world.ask(acad, 100, 60, { budgetId })).toHaveProperty('id')
    expect(stateOf(world, budgetId)).toEqual([0, 0])
  })

  test('holds the cap of a quote, which may be for more than is authorized', () => {
    const world = paidWorld()
    const budgetId = world.budget('tokens', 3_000)
    const quoteId = world.quote(acad, 3 * unit)
    expect(world.ask(acad, unit, 60, { budgetId, quoteId })).toHaveProperty('id')
    expect(stateOf(world, budgetId)).toEqual([0, 3_000])
  })

  test('grants the least quantity where it does not cover all', () => {
    const world = paidWorld()
    const budgetId = world.budget('tokens', 2_000)
    const asked = { appId: 'app', meter: acad, quantity: 5 * unit, quantityMin: 1, holdSeconds: 60, budgetId }
    const command = { kind: 'authorize', authorizationId: 'a', ...asked } as const
    const decided = authorizeNew(world.account, command, { ...world.context, app: world.app })
    expect(decided).toMatchObject({
      answer: { entry: { authorization: { quantity: 2 * unit }, remaining: 0 } },
    })
  })
})

describe('a denial by the budget', () => {
  test('shows what is missing, and when the day begins again', () => {
    const world = paidWorld()
    const budgetId = world.budget('tokens', 2_000)
    world.capture(grant(world, budgetId, 2), 2 * unit)
    const asked = { appId: 'app', meter: acad, quantity: unit, holdSeconds: 60, budgetId }
    const command = { kind: 'authorize', authorizationId: 'a', ...asked } as const
    const context = { ...world.context, app: world.app }
    const budget = { budgetId, measure: 'tokens', every: 'day', amount: 2_000, used: 2_000, held: 0 }
    expect(authorizeNew(world.account, command, context)).toMatchObject({
      code: 'BUDGET_EXHAUSTED',
      resumesAt: Date.parse('2027-03-11T00:00:00Z'),
      missing: [{ code: 'BUDGET_EXHAUSTED', lacks: 1_000, budget }],
    })
  })

  test('lasts where the budget has ended, was revoked, or is one of another app', () => {
    const world = paidWorld()
    const ended = world.budget('tokens', 5_000, 'day', hourMs)
    const revoked = world.budget('tokens', 5_000)
    const open = world.budget('tokens', 5_000)
    world.revoke(revoked)
    expect(ask(world, revoked, 1)).toEqual(denied)
    expect(ask(world, 'never-made', 1)).toEqual(denied)
    expect(ask(world, ended, 1)).toHaveProperty('id')
    world.pass(hourMs)
    expect(ask(world, ended, 1)).toEqual(denied)
    const asked = { appId: 'other', meter: acad, quantity: 1, holdSeconds: 60, budgetId: open }
    const command = { kind: 'authorize', authorizationId: 'a', ...asked } as const
    const app = { ...world.app, appId: 'other' }
    const decided = authorizeNew(world.account, command, { ...world.context, app })
    expect(decided).toMatchObject({ ...denied, missing: [{ lacks: 0 }], resumesAt: undefined })
  })
})

describe('use on a budget', () => {
  test('beyond what was authorized is charged to nobody', () => {
    const world = paidWorld()
    const budgetId = world.budget('tokens', 1_000)
    world.capture(grant(world, budgetId, 1), 5 * unit)
    expect(world.entries.at(-1)).toMatchObject({ isOverrun: true, usage: { waived: 4 * unit } })
    expect(stateOf(world, budgetId)).toEqual([1_000, 0])
  })

  test('that is reported late is charged as far as the budget still has it', () => {
    const world = paidWorld()
    const budgetId = world.budget('tokens', 2_000)
    const id = grant(world, budgetId, 2, 60)
    world.pass(hourMs)
    world.capture(grant(world, budgetId, 1), unit)
    world.capture(id, 2 * unit)
    expect(world.entries.at(-1)).toMatchObject({ isLate: true, usage: { waived: unit } })
    expect(stateOf(world, budgetId)).toEqual([2_000, 0])
  })

  test('goes on within its authorization after the budget was revoked, and not beyond its end', () => {
    const world = paidWorld()
    const budgetId = world.budget('tokens', 2_000)
    const id = grant(world, budgetId, 2)
    world.revoke(budgetId)
    world.capture(id, unit, true)
    expect(world.entries.at(-1)).toMatchObject({ usage: { charges: [{ units: 1 }] } })
    world.capture(id, 2 * unit)
    expect(world.entries.at(-1)).toMatchObject({ usage: { waived: unit, charges: [] } })
  })
})

describe('the id of a budget', () => {
  const content = { budgetId: 'b', appId: 'app', name: 'Agent', measure: 'tokens', every: 'day' } as const
  const command = {
    kind: 'make-budget',
    ...content,
    amount: 1,
    endsAt: Date.parse('2027-04-01T00:00:00Z'),
  } as const

  test('is bound to its content with any key', () => {
    const world = paidWorld()
    const made = world.decide({ ...command, keyHash: 'first' }, world.context)
    if ('refused' in made) throw new Error(made.code)
    const context = { ...world.context, earlier: made.answer }
    expect(world.decide({ ...command, keyHash: 'second' }, context)).toMatchObject({ entries: [] })
    for (const changes of [{ amount: 2 }, { appId: 'other' }, { every: 'month' }, { name: 'B' }] as const)
      expect(world.decide({ ...command, ...changes, keyHash: 'first' }, context)).toMatchObject({
        code: 'IDEMPOTENCY_CONFLICT',
      })
  })

  test('is refused where the team has 20 budgets already', () => {
    const world = paidWorld()
    for (let made = 0; made < budgetsMax; made++) world.budget('tokens', 1)
    expect(world.account.budgets).toHaveLength(budgetsMax)
    expect(world.decide({ ...command, keyHash: 'k' }, world.context)).toMatchObject({
      code: 'TOO_MANY_BUDGETS',
    })
    world.revoke(world.account.budgets?.[0]?.budgetId ?? '')
    expect(world.decide({ ...command, keyHash: 'k' }, world.context)).not.toHaveProperty('refused')
  })
})
