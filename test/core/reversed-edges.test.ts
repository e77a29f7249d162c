import { describe, expect, test } from 'vitest'
import type { Entry } from '../../core/journal/entry.ts'
import { dayMs, hourMs } from '../../core/time/time.ts'
import { acad, firstLot, idle, jobs, lastUse, newWorld, noUse, takeBack } from './reversals.ts'

/* Reversals at the edges of time, of other use, and after one another. */

test('the app’s limit counts the use no more', () => {
  const world = newWorld('free')
  world.use(jobs, 5)
  world.account = {
    ...world.account,
    limits: [
      { appId: 'app', meter: jobs, perPeriod: 9, used: 7, held: [] },
      { appId: 'app', meter: acad, perPeriod: 9, used: 7, held: [] },
      { appId: 'other', meter: jobs, perPeriod: 9, used: 7, held: [] },
    ],
  }
  const { account } = takeBack(world)
  expect(account.limits.map((limit) => limit.used)).toEqual([2, 7, 7])
})

describe('an instant belongs to what begins at it', () => {
  test('tokens lapse from the first instant of their lot’s expiry on', () => {
    const lapsedAt = (ms: number) => {
      const world = newWorld()
      world.buy(1)
      const { expiresAt } = firstLot(world)
      world.use(acad, 720)
      world.pass(expiresAt + ms - world.now)
      return takeBack(world).reversal.tokens.map(({ hasLapsed }) => hasLapsed)
    }
    expect([lapsedAt(-1), lapsedAt(0)]).toEqual([[false], [true]])
  })

  test('a month is closed from the first instant after its 48 hours on', () => {
    const notesAt = (ms: number) => {
      const world = newWorld('paid', true)
      world.use(acad, 720)
      world.pass(Date.parse('2027-02-03T00:00:00Z') + ms - world.now)
      return takeBack(world).reversal.creditNotes.length
    }
    expect([notesAt(-1), notesAt(0)]).toEqual([0, 1])
  })

  test('a hold is over at its end', () => {
    const releasedAt = (ms: number) => {
      const world = newWorld()
      world.buy(2)
      const asked = world.ask(acad, 1_440)
      if (!('id' in asked)) throw new Error(asked.code)
      world.capture(asked.id, 720)
      const expiresAt = world.authorizations.get(asked.id)?.expiresAt ?? 0
      const captured = world.entries.at(-1)
      world.pass(expiresAt + ms - world.now)
      const { reversal } = takeBack(world, captured)
      return 'released' in reversal ? reversal.released : undefined
    }
    expect([releasedAt(-1), releasedAt(0)]).toEqual([720, 0])
  })
})

test('free use leaves the month that it was counted in, and no other', () => {
  const world = newWorld('free')
  world.pass(21 * dayMs)
  world.use(jobs, 5)
  const january = lastUse(world)
  world.pass(dayMs)
  world.use(jobs, 3)
  const february = lastUse(world)
  const limit = { appId: 'app', meter: jobs, perPeriod: 9, used: 3, held: [] }
  world.account = { ...world.account, limits: [limit] }
  const first = takeBack(world, january).account
  expect(first.meters).toEqual({ [jobs]: { ...idle, current: { ...noUse, free: 3 } } })
  expect(first.limits).toEqual([limit])
  const second = takeBack(world, february).account
  expect(second.meters).toEqual({ [jobs]: idle })
  expect(second.limits).toEqual([{ ...limit, used: 0 }])
})

test('paid use leaves free tallies alone', () => {
  const world = newWorld('free')
  world.use(jobs, 3)
  world.plan({ plan: 'paid', payAsYouGo: true })
  world.pass(hourMs)
  world.use(jobs, 5)
  const { account } = takeBack(world)
  expect(account.meters).toEqual({ [jobs]: { ...idle, current: { ...noUse, free: 3 } } })
})

test('unrated use leaves nothing to return', () => {
  const world = newWorld()
  world.use('data-management', 5)
  world.account = {
    ...world.account,
    limits: [{ appId: 'app', meter: 'data-management', perPeriod: 9, used: 4, held: [] }],
  }
  const { account } = takeBack(world)
  expect(account.limits.map((limit) => limit.used)).toEqual([4])
})

describe('earlier reversals', () => {
  test('a unit that came back with one does not come back with the next', () => {
    const world = newWorld()
    world.buy(30)
    for (let use = 0; use < 5; use++) world.use(jobs, use === 4 ? 3 : 1)
    const [first, second, third, fourth, last] = world.entries.filter(({ kind }) => kind === 'usage')
    // The second, the fourth and the last use complete a unit each; one job is left over.
    expect(world.account.meters[jobs]).toEqual({ ...idle, remainder: 1 })
    const returned = (entry: Entry | undefined) => {
      const { reversal, account } = takeBack(world, entry)
      const others = reversal.alsoReturned.map((part) => part.entry)
      return [others, account.meters[jobs]?.remainder, account.lots[0]?.remaining]
    }
    // Six jobs fill three units. Five fill two, so the last unit comes back; without the last use, so does the fourth's.
    expect(returned(first)).toEqual([[], 0, 21_000])
    expect(returned(third)).toEqual([[last?.version], 1, 24_000])
    expect(returned(last)).toEqual([[fourth?.version], 0, 27_000])
    expect(returned(second)).toEqual([[], 1, 30_000])
    expect(returned(fourth)).toEqual([[], 0, 30_000])
  })
})
