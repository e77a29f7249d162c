import { describe, expect, test } from 'vitest'
import { rateAt } from '../../core/catalog/catalog.ts'
import { hourMs } from '../../core/time/time.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { World } from '../support/world.ts'

const acad = 'automation-autocad'
const unrated = 'data-management'

/** A world with one authorization, for an hour, and its captures. */
function authorized(meter = acad, money?: { readonly spendLimitUsdCents: number }) {
  const world = new World('2027-01-25T10:00:00Z')
  world.plan({ plan: 'paid', payAsYouGo: money !== undefined, ...money })
  world.buy(1)
  const asked = world.ask(meter, 720)
  if (!('id' in asked)) throw new Error(asked.code)
  const authorizationId = asked.id
  const capture = (used: number, isFinal = false, catalog = world.catalog) => {
    const authorization = world.authorizations.get(authorizationId)
    if (authorization === undefined) throw new Error('the authorization is not stored')
    const command = { kind: 'capture', authorizationId, used, isFinal } as const
    const decided = world.decide(command, { now: world.now, catalog, authorization })
    if ('refused' in decided) throw new Error(decided.code)
    return { ...decided.answer, entries: decided.entries }
  }
  return { world, capture }
}

describe('a capture that reports nothing new', () => {
  test('makes no entry and shows the authorization as it is, open or closed', () => {
    const { capture } = authorized()
    const first = capture(700)
    const shown = { charges: [], isLate: false, isOverrun: false, entries: [] }
    expect(capture(700)).toEqual({ ...shown, authorization: first.authorization, isClosed: false })
    expect(capture(10)).toEqual({ ...shown, authorization: first.authorization, isClosed: false })
    const last = capture(700, true)
    expect(last).toMatchObject({ isClosed: true, authorization: { closedBecause: 'final' } })
    expect(capture(700, true)).toEqual({ ...shown, authorization: last.authorization, isClosed: true })
  })

  test('after the end of the hold closes the authorization and is not late', () => {
    const { world, capture } = authorized()
    world.pass(2 * hourMs)
    expect(capture(0, true)).toMatchObject({
      isLate: false,
      authorization: { closed: true, closedBecause: 'expired' },
    })
  })

  test('after an overrun closes the authorization without another overrun', () => {
    const { capture } = authorized()
    expect(capture(721).isOverrun).toBe(true)
    expect(capture(721, true)).toMatchObject({ isOverrun: false, authorization: { closed: true } })
  })
})

test('each capture of an authorization has the next sequence number', () => {
  const { capture } = authorized()
  const sequences = [10, 20, 30].map((used) => capture(used).authorization.sequence)
  expect(sequences.map((sequence) => sequence - (sequences[0] ?? 0))).toEqual([0, 1, 2])
})

test('a capture before the end takes its use from the hold and leaves no reason for an end', () => {
  const { capture } = authorized()
  const { authorization } = capture(10)
  expect(authorization).toMatchObject({ used: 10, held: 710 })
  expect(authorization).not.toHaveProperty('closedBecause')
  expect(capture(20, true).authorization).toMatchObject({ used: 20, held: 0 })
})

test('use beyond the hold is paid by tokens, then by pay-as-you-go, and the rest is shortfall', () => {
  const { capture } = authorized(acad, { spendLimitUsdCents: 300 })
  expect(capture(3 * 720, true).charges).toMatchObject([
    { source: 'flex', units: 1 },
    { source: 'pay-as-you-go', units: 1, usdCents: 300 },
    { source: 'shortfall', units: 1 },
  ])
})

describe('a capture of work that has no rate', () => {
  const rate = rateAt(launchCatalog, acad, Date.parse('2027-01-25T10:00:00Z'))
  if (rate === undefined) throw new Error('AutoCAD is on the launch card')

  test('stays free of charge when a card rates the meter after its authorization', () => {
    const { capture } = authorized(unrated)
    const card = { version: 'rated', effectiveAt: 0, meters: [{ ...rate, meter: unrated, unitSize: 1 }] }
    const rated = { ...launchCatalog, rateCards: [...launchCatalog.rateCards, card] }
    expect(capture(700, true, rated).entries).toMatchObject([
      { kind: 'capture', usage: { funding: 'unrated', charges: [] } },
    ])
  })

  test('is free of charge when no card names the meter of a paid authorization', () => {
    const { capture } = authorized()
    const withoutCards = { ...launchCatalog, rateCards: [] }
    expect(capture(720, true, withoutCards).entries).toMatchObject([
      { kind: 'capture', usage: { funding: 'unrated', charges: [] } },
    ])
  })
})
