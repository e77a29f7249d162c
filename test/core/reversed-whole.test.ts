import { describe, expect, test } from 'vitest'
import { dayMs, hourMs } from '../../core/time/time.ts'
import {
  acad,
  firstLot,
  idle,
  jobs,
  lastUse,
  makeUse,
  money,
  newWorld,
  takeBack,
  tokens,
} from './reversals.ts'

/* Reversals, each compared whole: its entry, and the account that it leaves. */

const documentHead = { teamVersion: 1, country: 'US', currency: 'USD' } as const

test('free use leaves the month’s tally', () => {
  const world = newWorld('free')
  world.use(jobs, 20)
  const { id, source } = lastUse(world)
  const { head, after, reversal, account } = takeBack(world)
  const { unitSize: _, ...free } = makeUse(jobs, 20, [], { funding: 'free' })
  expect(reversal).toEqual({ ...head, meter: jobs, uses: [{ day: '2027-01-10', usage: free }], source, id })
  expect(account).toEqual({ ...after, meters: { [jobs]: idle } })
})

test('tokens of two lots go back to both, a lot that is gone included', () => {
  const world = newWorld()
  world.buy(2, dayMs)
  world.buy(10)
  const [older, newer] = world.account.lots
  if (older === undefined || newer === undefined) throw new Error('no lots')
  world.use(acad, 3 * 720 + 5)
  const { id, source } = lastUse(world)
  const { head, after, reversal, account } = takeBack(world)
  const charge = tokens(3, 3_000, [
    [older.lotId, 2_000],
    [newer.lotId, 1_000],
  ])
  const lots = [
    { ...older, remaining: 2_000 },
    { ...newer, remaining: 10_000 },
  ]
  expect(reversal).toEqual({
    ...head,
    meter: acad,
    uses: [{ day: '2027-01-10', usage: makeUse(acad, 2_165, [charge]) }],
    tokens: [
      { lot: lots[0], milliTokens: 2_000, hasLapsed: false },
      { lot: lots[1], milliTokens: 1_000, hasLapsed: false },
    ],
    source,
    id,
  })
  expect(account).toEqual({ ...after, lots, meters: { [acad]: idle } })
})

test('captures of one authorization merge by day, and what is held is given back', () => {
  const world = newWorld('paid', true)
  world.buy(2)
  const lot = firstLot(world)
  const asked = world.ask(acad, 10 * 720, 86_400)
  if (!('id' in asked)) throw new Error(asked.code)
  world.capture(asked.id, 720)
  world.capture(asked.id, 3 * 720)
  world.pass(15 * hourMs)
  world.capture(asked.id, 4 * 720 + 100)
  const authorization = world.authorizations.get(asked.id)
  if (authorization === undefined) throw new Error('no authorization')
  const captured = world.entries.at(-1)
  if (captured === undefined) throw new Error('no capture')
  const { head, after, reversal, account } = takeBack(world, captured)
  expect(reversal).toEqual({
    ...head,
    meter: acad,
    uses: [
      {
        day: '2027-01-10',
        usage: makeUse(acad, 3 * 720, [tokens(2, 2_000, [[lot.lotId, 2_000]]), money(1, 300, '2027-01')]),
      },
      { day: '2027-01-11', usage: makeUse(acad, 820, [money(1, 300, '2027-01')]) },
    ],
    tokens: [{ lot: { ...lot, remaining: 2_000 }, milliTokens: 2_000, hasLapsed: false }],
    unbilled: [{ period: '2027-01', units: 2, usdCents: 600, lateUnits: 0 }],
    authorization: {
      ...authorization,
      held: 0,
      closed: true,
      closedBecause: 'reversed',
      sequence: authorization.sequence + 1,
    },
    released: 10 * 720 - 4 * 720 - 100,
  })
  expect(account).toEqual({
    ...after,
    lots: [{ ...lot, remaining: 2_000 }],
    meters: { [acad]: idle },
  })
})

test('an authorization that is over has nothing to give back', () => {
  const world = newWorld()
  world.buy(5)
  const asked = world.ask(acad, 3 * 720, 3_600)
  if (!('id' in asked)) throw new Error(asked.code)
  world.capture(asked.id, 720)
  world.pass(2 * hourMs)
  const captured = world.entries.findLast(({ kind }) => kind === 'capture')
  const { reversal } = takeBack(world, captured)
  expect(reversal).toMatchObject({ released: 0, authorization: { held: 0, closedBecause: 'reversed' } })
})

describe('pay-as-you-go charges', () => {
  const billed = () => {
    const world = newWorld('paid', true)
    world.use(acad, 1_440)
    const first = lastUse(world)
    world.use(acad, 720)
    world.pass(30 * dayMs)
    return { world, first }
  }

  test('in a closed month lower its bill, with a credit note', () => {
    const { world, first } = billed()
    const { head, after, reversal, account } = takeBack(world, first)
    const note = {
      ...documentHead,
      number: 2,
      period: '2027-01',
      meter: acad,
      units: 2,
      usdCents: 600,
      dueUsdCents: 600,
    }
    expect(reversal).toEqual({
      ...head,
      meter: acad,
      uses: [{ day: '2027-01-10', usage: makeUse(acad, 1_440, [money(2, 600, '2027-01')]) }],
      creditNotes: [note],
      source: first.source,
      id: first.id,
    })
    expect(account).toEqual({
      ...after,
      documents: 2,
      dues: [{ dueId: 'invoice:2027-01', usdCents: 300, steps: 0 }],
      meters: { [acad]: idle },
    })
  })

  test('in a closed month become credit as far as the bill is no longer due', () => {
    const { world, first } = billed()
    const [due] = world.account.dues
    if (due === undefined) throw new Error('no due')
    world.account = { ...world.account, dues: [{ ...due, usdCents: 200 }] }
    const { after, reversal, account } = takeBack(world, first)
    const note = {
      ...documentHead,
      number: 2,
      period: '2027-01',
      meter: acad,
      units: 2,
      usdCents: 600,
      dueUsdCents: 200,
    }
    expect([reversal.creditNotes, reversal.creditUsdCents]).toEqual([[note], 400])
    const left = { documents: 2, dues: [], creditUsdCents: 400, meters: { [acad]: idle } }
    expect(account).toEqual({ ...after, ...left })
  })

  test('in last month leave its tally until that month closes', () => {
    const world = newWorld('paid', true)
    world.pass(21 * dayMs)
    world.use(acad, 1_440)
    world.pass(dayMs)
    const { head, after, reversal, account } = takeBack(world)
    const { id, source } = lastUse(world)
    expect(reversal).toEqual({
      ...head,
      meter: acad,
      uses: [{ day: '2027-01-31', usage: makeUse(acad, 1_440, [money(2, 600, '2027-01')]) }],
      unbilled: [{ period: '2027-01', units: 2, usdCents: 600, lateUnits: 0 }],
      source,
      id,
    })
    expect(account).toEqual({ ...after, meters: { [acad]: idle } })
  })

  test('for a late event leave the late units of the month that it was billed in', () => {
    const world = newWorld('paid', true)
    world.pass(24 * dayMs)
    world.use(acad, 720, 10 * dayMs)
    const state = world.account.meters[acad]
    expect(state).toEqual({ ...idle, current: { free: 0, units: 1, usdCents: 300, lateUnits: 1 } })
    const { reversal, after, account } = takeBack(world)
    expect(reversal.uses).toEqual([
      {
        day: '2027-01-24',
        usage: makeUse(acad, 720, [money(1, 300, '2027-02')], { period: '2027-02' }),
      },
    ])
    expect(reversal.unbilled).toEqual([{ period: '2027-02', units: 1, usdCents: 300, lateUnits: 1 }])
    expect(account).toEqual({ ...after, meters: { [acad]: idle } })
  })
})

describe('shortfall', () => {
  const row = (entry: number, units: number) => ({
    entry,
    meter: acad,
    units,
    milliTokensPerUnit: 1_000,
    usdCentsPerUnit: 300,
  })
  const short = (units: number) => ({
    source: 'shortfall',
    units,
    milliTokensPerUnit: 1_000,
    usdCentsPerUnit: 300,
  })

  test('that is due disappears, and other rows stay', () => {
    const world = newWorld()
    world.use(acad, 1_440)
    const first = lastUse(world)
    world.use(acad, 720)
    const second = lastUse(world)
    const { head, after, reversal, account } = takeBack(world, first)
    expect(reversal).toEqual({
      ...head,
      meter: acad,
      uses: [{ day: '2027-01-10', usage: makeUse(acad, 1_440, [short(2)]) }],
      shortfall: [row(first.version, 2)],
      source: first.source,
      id: first.id,
    })
    expect(account).toEqual({ ...after, shortfall: [row(second.version, 1)], meters: { [acad]: idle } })
  })

  test('that was paid in part disappears, and the tokens that have paid come back', () => {
    const world = newWorld()
    world.use(acad, 3 * 720)
    const { version, id, source } = lastUse(world)
    world.buy(2)
    expect([world.account.shortfall, world.account.lots]).toEqual([[row(version, 1)], []])
    const granted = world.entries.at(-1)
    const lot = granted?.kind === 'lot-granted' ? granted.lot : undefined
    const { head, after, reversal, account } = takeBack(world, lastUse(world))
    const payer = { ...tokens(2, 2_000, [[lot?.lotId ?? '', 2_000]]), meter: acad, pays: version }
    expect(reversal).toEqual({
      ...head,
      meter: acad,
      uses: [{ day: '2027-01-10', usage: makeUse(acad, 2_160, [short(3)]) }],
      tokens: [{ lot: { ...lot, remaining: 2_000 }, milliTokens: 2_000, hasLapsed: false }],
      shortfall: [row(version, 1)],
      unpaid: [payer],
      source,
      id,
    })
    expect(account).toEqual({
      ...after,
      shortfall: [],
      lots: [{ ...lot, remaining: 2_000 }],
      meters: { [acad]: idle },
    })
  })

  test('for other use is paid by the tokens that come back, and names the entry it pays for', () => {
    const world = newWorld()
    world.buy(1)
    const lot = firstLot(world)
    world.use(acad, 720)
    const first = lastUse(world)
    world.use(acad, 720)
    const second = lastUse(world)
    const { head, after, reversal, account } = takeBack(world, first)
    const payer = { ...tokens(1, 1_000, [[lot.lotId, 1_000]]), meter: acad, pays: second.version }
    expect(reversal).toEqual({
      ...head,
      meter: acad,
      uses: [{ day: '2027-01-10', usage: makeUse(acad, 720, [tokens(1, 1_000, [[lot.lotId, 1_000]])]) }],
      tokens: [{ lot: { ...lot, remaining: 1_000 }, milliTokens: 1_000, hasLapsed: false }],
      paidShortfall: [payer],
      source: first.source,
      id: first.id,
    })
    expect(account).toEqual({ ...after, shortfall: [], lots: [], meters: { [acad]: idle } })
  })
})

describe('units of other use', () => {
  const inTokens = tokens(1, 3_000, [['lot-1', 3_000]])
  const unitOf = (entry: number) => ({
    entry,
    day: '2027-01-10',
    usage: makeUse(jobs, 0, [inTokens]),
    isLate: false,
  })

  test('come back where what goes had completed them, the latest first', () => {
    const world = newWorld()
    world.buy(9)
    world.use(jobs, 1)
    const first = lastUse(world)
    world.use(jobs, 1)
    world.use(jobs, 2)
    const last = lastUse(world)
    const { head, after, reversal, account } = takeBack(world, first)
    const lot = { ...firstLot(world), remaining: 6_000 }
    expect(reversal).toEqual({
      ...head,
      meter: jobs,
      uses: [{ day: '2027-01-10', usage: makeUse(jobs, 1, [inTokens]) }],
      alsoReturned: [unitOf(last.version)],
      tokens: [{ lot, milliTokens: 3_000, hasLapsed: false }],
      source: first.source,
      id: first.id,
    })
    expect(account).toEqual({ ...after, lots: [lot], meters: { [jobs]: { ...idle, remainder: 1 } } })
  })

  test('complete without it: one unit of what goes stays charged', () => {
    const world = newWorld()
    world.buy(5)
    world.use(jobs, 1)
    world.use(jobs, 1)
    const second = lastUse(world)
    world.use(jobs, 1)
    const { head, after, reversal, account } = takeBack(world, second)
    expect(reversal).toEqual({
      ...head,
      meter: jobs,
      uses: [{ day: '2027-01-10', usage: makeUse(jobs, 1, []) }],
      kept: [unitOf(second.version)],
      source: second.source,
      id: second.id,
    })
    expect(account).toEqual({ ...after, meters: { [jobs]: idle } })
  })
})

test('tokens lapse where their lot has expired, and the account gets none', () => {
  const world = newWorld()
  world.buy(2, 364 * dayMs)
  const lot = firstLot(world)
  world.use(acad, 720)
  const { id, source } = lastUse(world)
  world.pass(3 * dayMs)
  const { head, after, reversal, account } = takeBack(world)
  const charge = tokens(1, 1_000, [[lot.lotId, 1_000]])
  expect(reversal).toEqual({
    ...head,
    meter: acad,
    uses: [{ day: '2027-01-10', usage: makeUse(acad, 720, [charge]) }],
    // Every notice of a lot that has expired is behind it.
    tokens: [{ lot: { ...lot, remaining: 1_000, notices: 3 }, milliTokens: 1_000, hasLapsed: true }],
    source,
    id,
  })
  expect(account).toEqual({ ...after, meters: { [acad]: idle } })
})

describe('tokens of a lot that was charged back', () => {
  const chargedBack = () => {
    const world = newWorld()
    world.buy(10)
    const lot = firstLot(world)
    world.use(acad, 4 * 720)
    world.takeBack(lot.lotId, 'charged-back')
    const dueId = `charge-back:${lot.lotId}`
    expect(world.account.dues).toEqual([{ dueId, usdCents: 1_200, steps: 0, failedAt: world.now }])
    return { world, lot, dueId }
  }

  test('are no longer due, and are taken back at once', () => {
    const { world, lot, dueId } = chargedBack()
    const { reversal, further, account } = takeBack(world)
    const withdrawn = { unitPriceUsdCents: 300, spentMilliTokens: 0 }
    expect(reversal.owed).toEqual([{ dueId, usdCents: 0 }])
    expect(reversal.tokens).toEqual([
      { lot: { ...lot, remaining: 4_000, withdrawn }, milliTokens: 4_000, hasLapsed: false },
    ])
    expect(further).toEqual([
      {
        kind: 'tokens-taken-back',
        teamId: 'acme',
        version: reversal.version + 1,
        at: world.now,
        lotId: lot.lotId,
        milliTokens: 4_000,
      },
    ])
    expect([account.lots, account.dues, account.creditUsdCents]).toEqual([[], [], 0])
  })

  test('become credit as far as the due is paid', () => {
    const { world, dueId } = chargedBack()
    const [due] = world.account.dues
    if (due === undefined) throw new Error('no due')
    world.account = { ...world.account, dues: [{ ...due, usdCents: 500 }] }
    const { reversal, account } = takeBack(world)
    expect([reversal.owed, reversal.creditUsdCents]).toEqual([[{ dueId, usdCents: 0 }], 700])
    expect([account.dues, account.creditUsdCents]).toEqual([[], 700])
  })
})
