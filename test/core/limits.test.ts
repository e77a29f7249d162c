import { describe, expect, test } from 'vitest'
import { limitsMax } from '../../core/account/bounds.ts'
import { limitApp, needsUse } from '../../core/commands/limit-app.ts'
import type { AppUse } from '../../core/journal/app-use.ts'
import { refuse } from '../../core/refusal.ts'
import { World } from '../support/world.ts'

const meter = 'automation-autocad'
const at = (text: string) => Date.parse(text)

function paidWorld(): World {
  const world = new World('2026-02-20T10:00:00Z')
  world.plan({ plan: 'paid', payAsYouGo: false })
  world.buy(100)
  return world
}
const use: AppUse = { used: 45, held: [{ expiresAt: at('2026-02-20T10:10:00Z'), quantity: 20 }] }
const command = (perPeriod: number | null, appId = 'app') =>
  ({ kind: 'limit-app', appId, meter, perPeriod }) as const
const limit = (world: World, perPeriod: number | null, given?: AppUse) =>
  limitApp(world.account, command(perPeriod), { ...world.context, ...(given && { use: given }) })
const set = (world: World, perPeriod: number | null, given?: AppUse) =>
  world.decide(command(perPeriod), { ...world.context, ...(given && { use: given }) })
const readHeld = (world: World) => world.account.limits[0]?.held.map(({ quantity }) => quantity)

/** Asks for what must be allowed, and returns its id. */
function hold(world: World, quantity: number): string {
  const asked = world.ask(meter, quantity)
  if (!('id' in asked)) throw new Error(asked.code)
  return asked.id
}

describe('a limit of an app', () => {
  test('starts with the use and the holds that were found', () => {
    const world = paidWorld()
    const head = { teamId: 'acme', version: world.account.version + 1, at: world.now }
    expect(limit(world, 100, use)).toEqual({
      account: {
        ...world.account,
        version: head.version,
        limits: [{ appId: 'app', meter, perPeriod: 100, ...use }],
      },
      entries: [{ ...head, kind: 'limit-set', appId: 'app', meter, perPeriod: 100, ...use }],
      answer: undefined,
    })
  })

  test('needs its use only when it is set for the first time', () => {
    const world = paidWorld()
    expect(needsUse(world.account, command(100))).toBe(true)
    expect(needsUse(world.account, command(null))).toBe(false)
    set(world, 100, use)
    expect(needsUse(world.account, command(50))).toBe(false)
    expect(needsUse(world.account, command(50, 'other'))).toBe(true)
  })

  test('is set, changed and lifted once each, and keeps its counts when it is changed', () => {
    const world = paidWorld()
    expect(limit(world, null)).toEqual({ account: world.account, entries: [], answer: undefined })
    set(world, 100, { ...use, fromVersion: 3 })
    expect(limit(world, 100)).toEqual({ account: world.account, entries: [], answer: undefined })
    expect(limit(world, 99)).toMatchObject({ entries: [{ perPeriod: 99, ...use, fromVersion: 3 }] })
    expect(limit(world, null)).toMatchObject({
      account: { limits: [] },
      entries: [{ perPeriod: null, used: 0, held: [] }],
    })
  })

  test('releases an authorization only if it has counted it', () => {
    const world = paidWorld()
    const [older, newer] = [hold(world, 7), hold(world, 11)]
    const grantVersion = world.authorizations.get(newer)?.grantVersion
    expect(grantVersion).toBe(world.account.version)
    const [{ expiresAt } = { expiresAt: 0 }] = world.account.meters[meter]?.paid ?? []
    set(world, 100, { used: 0, held: [{ expiresAt, quantity: 11 }], fromVersion: world.account.version })
    world.void(older)
    expect(readHeld(world)).toEqual([11])
    world.capture(newer, 5)
    expect(readHeld(world)).toEqual([6])
    expect(world.account.limits[0]).toMatchObject({ used: 5 })
  })

  test('counts an authorization that it had not found once that is used', () => {
    const world = paidWorld()
    const older = hold(world, 7)
    set(world, 100, { used: 0, held: [], fromVersion: world.account.version + 1 })
    world.capture(older, 7, true)
    expect(world.account.limits[0]).toMatchObject({ used: 7, held: [] })
  })

  test('is one of 50 at most, of which each can be changed', () => {
    const world = paidWorld()
    const limits = Array.from({ length: limitsMax }, (_, n) => {
      return { appId: `app${n}`, meter, perPeriod: 5, used: 0, held: [] }
    })
    world.account = { ...world.account, limits }
    expect(needsUse(world.account, command(9))).toBe(false)
    expect(limit(world, 9)).toEqual(refuse('TOO_MANY_LIMITS'))
    expect(limitApp(world.account, command(9, 'app7'), world.context)).toMatchObject({
      entries: [{ appId: 'app7', perPeriod: 9 }],
    })
    world.account = { ...world.account, limits: limits.slice(1) }
    expect(limit(world, 9, use)).toMatchObject({ entries: [{ appId: 'app', perPeriod: 9 }] })
  })
})
