import { describe, expect, test } from 'vitest'
import { rateAt } from '../../core/catalog/catalog.ts'
import type { Authorization, Charge } from '../../core/journal/entry.ts'
import { hourMs } from '../../core/time/time.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { World } from '../support/world.ts'

/* Each capture is compared whole: its answer and its entry. */

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
  const granted = world.authorizations.get(authorizationId)
  if (granted === undefined) throw new Error('the authorization is not stored')
  const capture = (used: number, isFinal = false, catalog = world.catalog) => {
    const authorization = world.authorizations.get(authorizationId) ?? granted
    const command = { kind: 'capture', authorizationId, used, isFinal } as const
    const decided = world.decide(command, { now: world.now, catalog, authorization, app: world.app })
    if ('refused' in decided) throw new Error(decided.code)
    const { stop: _stop, settleBy: _settleBy, ...answer } = decided.answer
    return { ...answer, entries: decided.entries }
  }
  return { world, granted, capture }
}

interface Expected {
  readonly authorization: Authorization
  readonly quantity: number
  readonly released: number
  readonly charges?: readonly Charge[]
  readonly funding?: 'paid' | 'unrated'
  readonly isClosed?: boolean
  readonly isLate?: boolean
  readonly isOverrun?: boolean
}

/** The answer and the entry of a capture that was just made. */
function makeAnswer(world: World, expected: Expected) {
  const { authorization, quantity, released, charges = [], funding = 'paid' } = expected
  const { isClosed = false, isLate = false, isOverrun = false } = expected
  const { appId, meter } = authorization
  const paid = funding === 'paid' && { unitSize: 720 }
  const usage = { appId, meter, quantity, period: '2027-01', funding, ...paid, charges }
  const { teamId, version } = world.account
  const head = { kind: 'capture', teamId, version, at: world.now }
  const entry = { ...head, authorization, usage, released, isLate, isOverrun }
  return { authorization, isClosed, charges, isLate, isOverrun, entries: [entry] }
}

const inTokens = {
  source: 'flex',
  meter: acad,
  units: 1,
  milliTokens: 1_000,
  lots: [{ lotId: 'lot-1', milliTokens: 1_000 }],
} as const

describe('a capture that reports nothing new', () => {
  test('makes no entry and shows the authorization as it is, open or closed', () => {
    const { world, granted, capture } = authorized()
    const open = { ...granted, used: 700, held: 20, sequence: granted.sequence + 1 }
    expect(capture(700)).toEqual(makeAnswer(world, { authorization: open, quantity: 700, released: 700 }))
    const shown = { charges: [], isLate: false, isOverrun: false, entries: [] }
    expect(capture(700)).toEqual({ ...shown, authorization: open, isClosed: false })
    expect(capture(10)).toEqual({ ...shown, authorization: open, isClosed: false })
    const sequence = open.sequence + 1
    const closed = { ...open, held: 0, closed: true, closedBecause: 'final', sequence } as const
    const last = { authorization: closed, quantity: 0, released: 20, isClosed: true }
    expect(capture(700, true)).toEqual(makeAnswer(world, last))
    expect(capture(700, true)).toEqual({ ...shown, authorization: closed, isClosed: true })
  })

  test('after the end of the hold closes the authorization and is not late', () => {
    const { world, granted, capture } = authorized()
    world.pass(2 * hourMs)
    const sequence = granted.sequence + 1
    const authorization = { ...granted, held: 0, closed: true, closedBecause: 'expired', sequence } as const
    const expected = { authorization, quantity: 0, released: 0, isClosed: true }
    expect(capture(0, true)).toEqual(makeAnswer(world, expected))
  })

  test('after an overrun closes the authorization without another overrun', () => {
    const { world, granted, capture } = authorized()
    const sequence = granted.sequence + 1
    const over = { ...granted, used: 721, held: 0, sequence } as const
    const overrun = { quantity: 721, released: 720, charges: [inTokens], isOverrun: true, isClosed: true }
    expect(capture(721)).toEqual(makeAnswer(world, { authorization: over, ...overrun }))
    const closed = { ...over, closed: true, closedBecause: 'used-up', sequence: sequence + 1 } as const
    const last = { authorization: closed, quantity: 0, released: 0, isClosed: true }
    expect(capture(721, true)).toEqual(makeAnswer(world, last))
  })
})

test('a full capture uses the authorization up and is no overrun', () => {
  const { world, granted, capture } = authorized()
  const authorization = { ...granted, used: 720, held: 0, sequence: granted.sequence + 1 }
  const expected = { authorization, quantity: 720, released: 720, charges: [inTokens], isClosed: true }
  expect(capture(720)).toEqual(makeAnswer(world, expected))
})

test('use after the end of the hold is late, and takes nothing from the hold', () => {
  const { world, granted, capture } = authorized()
  world.pass(2 * hourMs)
  const sequence = granted.sequence + 1
  const authorization = { ...granted, used: 5, held: 0, closedBecause: 'expired', sequence } as const
  const late = { authorization, quantity: 5, released: 0, isLate: true, isClosed: true }
  expect(capture(5)).toEqual(makeAnswer(world, late))
})

test('each capture of an authorization has the next sequence number', () => {
  const { granted, capture } = authorized()
  const sequences = [10, 20, 30].map((used) => capture(used).authorization.sequence)
  expect(sequences.map((sequence) => sequence - granted.sequence)).toEqual([1, 2, 3])
})

test('a capture before the end takes its use from the hold and leaves no reason for an end', () => {
  const { world, granted, capture } = authorized()
  const first = { ...granted, used: 10, held: 710, sequence: granted.sequence + 1 }
  const answer = capture(10)
  expect(answer).toEqual(makeAnswer(world, { authorization: first, quantity: 10, released: 10 }))
  expect(answer.authorization).not.toHaveProperty('closedBecause')
  const sequence = first.sequence + 1
  const last = { ...first, used: 20, held: 0, closed: true, closedBecause: 'final', sequence } as const
  const expected = { authorization: last, quantity: 10, released: 710, isClosed: true }
  expect(capture(20, true)).toEqual(makeAnswer(world, expected))
})

test('use beyond the hold is paid by tokens, then by pay-as-you-go, and the rest is shortfall', () => {
  const { capture } = authorized(acad, { spendLimitUsdCents: 300 })
  expect(capture(3 * 720, true).charges).toEqual([
    inTokens,
    { source: 'pay-as-you-go', meter: acad, units: 1, usdCents: 300, period: '2027-01' },
    { source: 'shortfall', meter: acad, units: 1, milliTokensPerUnit: 1_000, usdCentsPerUnit: 300 },
  ])
})

describe('a capture of work that has no rate', () => {
  const rate = rateAt(launchCatalog, acad, Date.parse('2027-01-25T10:00:00Z'))
  if (rate === undefined) throw new Error('AutoCAD is on the launch card')
  const finished = (granted: Authorization, used: number) => {
    const sequence = granted.sequence + 1
    return { ...granted, used, held: 0, closed: true, closedBecause: 'final', sequence } as const
  }

  test('stays free of charge when a card rates the meter after its authorization', () => {
    const { world, granted, capture } = authorized(unrated)
    const card = { version: 'rated', effectiveAt: 0, meters: [{ ...rate, meter: unrated, unitSize: 1 }] }
    const rated = { ...launchCatalog, rateCards: [...launchCatalog.rateCards, card] }
    const authorization = finished(granted, 700)
    const expected = {
      authorization,
      quantity: 700,
      released: 720,
      funding: 'unrated',
      isClosed: true,
    } as const
    expect(capture(700, true, rated)).toEqual(makeAnswer(world, expected))
  })

  test('is free of charge when no card names the meter of a paid authorization', () => {
    const { world, granted, capture } = authorized()
    const withoutCards = { ...launchCatalog, rateCards: [] }
    const authorization = finished(granted, 720)
    const expected = {
      authorization,
      quantity: 720,
      released: 720,
      funding: 'unrated',
      isClosed: true,
    } as const
    expect(capture(720, true, withoutCards)).toEqual(makeAnswer(world, expected))
  })
})
