import { describe, expect, test } from 'vitest'
import { appUseSince, limitApp, limitsMax } from '../../core/commands/limit-app.ts'
import { refuse } from '../../core/refusal.ts'
import { World } from '../support/world.ts'

const meter = 'automation-autocad'
const other = 'automation-revit'
const at = (text: string) => Date.parse(text)

/** A team on a paid plan whose app has used 15 and 30 of the meter, and holds 20 of it until 10:10. */
function usedWorld(): World {
  const world = new World('2026-02-20T10:00:00Z')
  world.plan({ plan: 'paid', payAsYouGo: false })
  world.buy(100)
  const first = world.ask(meter, 15, 600)
  world.ask(meter, 20, 600)
  world.ask(other, 7, 600)
  const void1 = world.ask(meter, 3, 600)
  if (!('id' in first) || !('id' in void1)) throw new Error('refused')
  world.capture(first.id, 15, true)
  world.void(void1.id)
  world.use(meter, 30)
  world.use(other, 50)
  return world
}
const limit = (world: World, perPeriod: number | null, appId = 'app', entries = world.entries) =>
  limitApp(world.account, { kind: 'limit-app', appId, meter, perPeriod }, { ...world.context, entries })

describe('a limit of an app', () => {
  test('counts what the app has used of the meter in the month, and what it still holds', () => {
    const world = usedWorld()
    const set = { kind: 'limit-set', appId: 'app', meter, perPeriod: 100 }
    const held = [{ expiresAt: at('2026-02-20T10:10:00Z'), quantity: 20 }]
    const head = { teamId: 'acme', version: world.account.version + 1, at: world.now }
    expect(limit(world, 100)).toEqual({
      account: {
        ...world.account,
        version: head.version,
        limits: [{ appId: 'app', meter, perPeriod: 100, used: 45, held }],
      },
      entries: [{ ...head, ...set, used: 45, held }],
      answer: undefined,
    })
    expect(limit(world, 100, 'app', world.entries.toReversed())).toMatchObject({
      entries: [{ used: 45, held }],
    })
    expect(limit(world, 100, 'another')).toMatchObject({ entries: [{ used: 0, held: [] }] })
  })

  test('does not count holds that are over, nor use of another month', () => {
    const world = usedWorld()
    world.pass(600_000)
    expect(limit(world, 100)).toMatchObject({ entries: [{ used: 45, held: [] }] })
    world.pass(at('2026-03-01T00:00:00Z') - world.now)
    world.use(meter, 5)
    world.use(meter, 9, 3_600_000)
    expect(limit(world, 100)).toMatchObject({ entries: [{ used: 5, held: [] }] })
  })

  test('is set, changed and lifted once each', () => {
    const world = usedWorld()
    expect(limit(world, null)).toEqual({ account: world.account, entries: [], answer: undefined })
    const set = limit(world, 100)
    if ('refused' in set) throw new Error(set.code)
    world.account = set.account
    expect(limit(world, 100)).toEqual({ account: set.account, entries: [], answer: undefined })
    const onOther = { kind: 'limit-app', appId: 'app', meter: other, perPeriod: 100 } as const
    expect(limitApp(world.account, onOther, { ...world.context, entries: world.entries })).toMatchObject({
      account: { limits: [{ meter }, { meter: other }] },
      entries: [{ perPeriod: 100, used: 50 }],
    })
    expect(limit(world, 99)).toMatchObject({ entries: [{ perPeriod: 99, used: 45 }] })
    expect(limit(world, null)).toMatchObject({
      account: { limits: [] },
      entries: [{ perPeriod: null, used: 0, held: [] }],
    })
  })

  test('is one of 50 at most, of which each can be changed', () => {
    const world = usedWorld()
    const limits = Array.from({ length: limitsMax }, (_, n) => {
      return { appId: `app${n}`, meter, perPeriod: 5, used: 0, held: [] }
    })
    world.account = { ...world.account, limits }
    expect(limit(world, 9)).toEqual(refuse('TOO_MANY_LIMITS'))
    expect(limit(world, 9, 'app7')).toMatchObject({ entries: [{ appId: 'app7', perPeriod: 9 }] })
    world.account = { ...world.account, limits: limits.slice(1) }
    expect(limit(world, 9)).toMatchObject({ entries: [{ appId: 'app', perPeriod: 9 }] })
  })

  test('needs the entries of the month, and of the 24 hours and 30 minutes of the longest hold', () => {
    expect(appUseSince('2026-02', at('2026-02-20T10:00:00Z'))).toBe(at('2026-02-01T00:00:00Z'))
    expect(appUseSince('2026-02', at('2026-02-01T10:00:00Z'))).toBe(at('2026-01-31T09:30:00Z'))
  })
})
