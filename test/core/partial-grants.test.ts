import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { authorize, authorizeNew } from '../../core/commands/authorize.ts'
import { refuse } from '../../core/refusal.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { World } from '../support/world.ts'
import { anything, catalog, meters, run } from './random-steps.ts'

/* A grant of less than was asked, where the caller accepts it. */

const runs = propertyRuns(300)
const steps = fc.array(anything, { minLength: 3, maxLength: 40 })

interface Asked {
  readonly meter: string
  readonly quantity: number
  readonly quantityMin?: number
}

function ask({ account, now, catalog, app }: World, asked: Asked) {
  const command = {
    kind: 'authorize',
    authorizationId: 'asked',
    appId: 'app',
    holdSeconds: 3_600,
    ...asked,
  } as const
  return authorizeNew(account, command, { now, catalog, app })
}

function granted(decided: ReturnType<typeof ask>): number | undefined {
  return 'refused' in decided ? undefined : decided.answer.entry.authorization.quantity
}

/** A team on the free plan: 20 complex jobs a month. */
function freeWorld(): World {
  const world = new World('2027-01-25T10:00:00Z')
  world.plan({ plan: 'free', payAsYouGo: false })
  return world
}

describe('an authorization with a least quantity', () => {
  test('gets all of it where all of it is left', () => {
    const world = freeWorld()
    const meter = 'model-derivative-complex-job'
    expect(granted(ask(world, { meter, quantity: 20, quantityMin: 1 }))).toBe(20)
  })

  test('gets what is left where not all of it is', () => {
    const world = freeWorld()
    const meter = 'model-derivative-complex-job'
    expect(granted(ask(world, { meter, quantity: 21, quantityMin: 1 }))).toBe(20)
    world.use(meter, 15)
    expect(granted(ask(world, { meter, quantity: 1_000_000_000, quantityMin: 5 }))).toBe(5)
  })

  test('is denied where less than the least quantity is left, with what the least quantity lacks', () => {
    const world = freeWorld()
    const meter = 'model-derivative-complex-job'
    world.use(meter, 15)
    expect(ask(world, { meter, quantity: 100, quantityMin: 7 })).toMatchObject({
      code: 'FREE_LIMIT_REACHED',
      missing: [{ code: 'FREE_LIMIT_REACHED', quantity: 2, limit: 20, used: 15 }],
    })
  })

  test('gets whole charged units of what tokens pay for', () => {
    const world = new World('2027-01-25T10:00:00Z')
    world.plan({ plan: 'paid', payAsYouGo: false })
    world.buy(1)
    // A token pays for 12 minutes times the meter's rate; two units cost more than the only token.
    expect(granted(ask(world, { meter: 'automation-autocad', quantity: 100_000, quantityMin: 1 }))).toBe(720)
  })

  test('gets the largest quantity that would be allowed alone, after any story', () => {
    const asked = fc.record({
      meter: fc.constantFrom(...meters),
      quantity: fc.integer({ min: 1, max: 3_000 }),
      least: fc.integer({ min: 1, max: 3_000 }),
    })
    const counts = { whole: 0, part: 0, none: 0 }
    fc.assert(
      fc.property(steps, asked, fc.boolean(), (story, { meter, quantity, least }, isPaid) => {
        const world = new World('2027-01-25T10:00:00Z', catalog)
        world.plan({ plan: isPaid ? 'paid' : 'free', payAsYouGo: false })
        run(world, story)
        const quantityMin = Math.min(least, quantity)
        const decided = ask(world, { meter, quantity, quantityMin })
        const got = granted(decided)
        if (got === undefined) {
          counts.none += 1
          expect(decided).toEqual(ask(world, { meter, quantity: quantityMin }))
          return
        }
        counts[got === quantity ? 'whole' : 'part'] += 1
        expect(got).toBeGreaterThanOrEqual(quantityMin)
        expect(got).toBeLessThanOrEqual(quantity)
        expect(granted(ask(world, { meter, quantity: got }))).toBe(got)
        if (got < quantity) expect(granted(ask(world, { meter, quantity: got + 1 }))).toBeUndefined()
      }),
      runs,
    )
    if (runs.numRuns >= 300) for (const count of Object.values(counts)) expect(count).toBeGreaterThan(3)
  })
})

describe('the id of a partial grant', () => {
  const use = { appId: 'app', meter: 'model-derivative-complex-job', holdSeconds: 60 }
  const command = { kind: 'authorize', authorizationId: 'a', quantity: 50, quantityMin: 2, ...use } as const

  function again(other: object) {
    const { account, context, app } = freeWorld()
    const first = authorize(account, command, { ...context, app })
    if ('refused' in first) throw new Error(first.code)
    const grant = first.answer.entry
    const earlier = { grant, latest: grant.authorization }
    return {
      first,
      second: authorize(first.account, { ...command, ...other }, { ...context, app, earlier }),
    }
  }

  test('gets the same answer for the same body', () => {
    const { first, second } = again({})
    expect(first.answer.entry.authorization).toMatchObject({ quantity: 20, held: 20 })
    expect(second).toEqual({ account: first.account, entries: [], answer: first.answer })
  })

  test('is bound to the quantities that were asked for, not to the one that was granted', () => {
    for (const other of [{ quantity: 20 }, { quantityMin: 1 }, { quantity: 20, quantityMin: undefined }])
      expect(again(other).second).toEqual(refuse('IDEMPOTENCY_CONFLICT'))
  })
})
