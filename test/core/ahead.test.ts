import { describe, expect, test } from 'vitest'
import type { Catalog, Rate } from '../../core/catalog/catalog.ts'
import type { Captured } from '../../core/commands/capture.ts'
import type { Instant } from '../../core/time/time.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { World } from '../support/world.ts'

/* The facts in an answer about what comes next: the refusal of a new authorization, and the instant before which to report. */

const meter = 'automation-autocad'
const at = (text: string): Instant => Date.parse(text)

function paidWorld(tokens: number, catalog: Catalog = launchCatalog): World {
  const world = new World('2027-01-25T10:00:00Z', catalog)
  world.plan({ plan: 'paid', payAsYouGo: false })
  world.buy(tokens)
  return world
}

function capture(
  world: World,
  used: number,
  { isFinal = false, app = world.app, of = meter } = {},
): Captured {
  const asked = world.ask(of, 720)
  if (!('id' in asked)) throw new Error(asked.code)
  const authorization = world.authorizations.get(asked.id)
  if (authorization === undefined) throw new Error('the authorization is not stored')
  const command = { kind: 'capture', authorizationId: asked.id, used, isFinal } as const
  const decided = world.decide(command, { ...world.context, authorization, app })
  if ('refused' in decided) throw new Error(decided.code)
  return decided.answer
}

describe('the stop of a capture', () => {
  test('is absent while another unit can be authorized', () => {
    expect(capture(paidWorld(2), 720)).not.toHaveProperty('stop')
  })

  test('is the refusal of one more base unit once the tokens are used up', () => {
    expect(capture(paidWorld(1), 720).stop).toMatchObject({
      code: 'TOKENS_EXHAUSTED',
      missing: [{ code: 'TOKENS_EXHAUSTED', milliTokens: 1_000 }],
    })
  })

  test('stays in the answer of a repeated report', () => {
    const world = paidWorld(1)
    const first = capture(world, 720)
    const repeated = world.decide(
      { kind: 'capture', authorizationId: first.authorization.authorizationId, used: 720, isFinal: false },
      { ...world.context, authorization: first.authorization, app: world.app },
    )
    if ('refused' in repeated) throw new Error(repeated.code)
    expect(repeated.entries).toEqual([])
    expect(repeated.answer.stop).toEqual(first.stop)
  })

  test('names the suspension of a team, and the hub that the app is outside of', () => {
    const world = paidWorld(9)
    const outside = { ...world.app, isInHub: false }
    expect(capture(world, 1, { app: outside }).stop).toMatchObject({ code: 'APP_NOT_IN_HUB' })
    const suspended = paidWorld(9)
    const open = suspended.ask(meter, 10)
    if (!('id' in open)) throw new Error(open.code)
    suspended.decide({ kind: 'suspend', reason: 'abuse' }, suspended.context)
    const authorization = suspended.authorizations.get(open.id)
    if (authorization === undefined) throw new Error('the authorization is not stored')
    const decided = suspended.decide(
      { kind: 'capture', authorizationId: open.id, used: 1, isFinal: true },
      { ...suspended.context, authorization, app: suspended.app },
    )
    if ('refused' in decided) throw new Error(decided.code)
    expect(decided.answer.stop).toMatchObject({ code: 'TEAM_SUSPENDED', because: 'abuse' })
  })
})

describe('the instant before which open use should be reported', () => {
  test('is the end of the month', () => {
    expect(capture(paidWorld(2), 5).settleBy).toBe(at('2027-02-01T00:00:00Z'))
  })

  test('is the instant at which a card that names the meter takes effect, if that comes first', () => {
    const [rate] = launchCatalog.rateCards.flatMap(({ meters }) =>
      meters.filter((row) => row.meter === meter),
    ) as [Rate]
    const card = (effectiveAt: string, row: Rate) => ({
      ...launchCatalog,
      rateCards: [
        ...launchCatalog.rateCards,
        { version: 'next', effectiveAt: at(effectiveAt), meters: [row] },
      ],
    })
    const cheaper = { ...rate, milliTokensPerUnit: 500 }
    expect(capture(paidWorld(2, card('2027-01-26T00:00:00Z', cheaper)), 5).settleBy).toBe(
      at('2027-01-26T00:00:00Z'),
    )
    const later = capture(paidWorld(2, card('2027-02-02T00:00:00Z', cheaper)), 5)
    expect(later.settleBy).toBe(at('2027-02-01T00:00:00Z'))
    const other = capture(paidWorld(2, card('2027-01-26T00:00:00Z', { ...rate, meter: 'another' })), 5)
    expect(other.settleBy).toBe(at('2027-02-01T00:00:00Z'))
  })

  test('is absent once the authorization is closed', () => {
    expect(capture(paidWorld(2), 5, { isFinal: true })).not.toHaveProperty('settleBy')
    expect(capture(paidWorld(2), 720)).not.toHaveProperty('settleBy')
  })

  test('is absent for an API that is not rated and stays so', () => {
    const world = paidWorld(2)
    expect(capture(world, 5, { of: 'data-management' })).not.toHaveProperty('settleBy')
  })
})
