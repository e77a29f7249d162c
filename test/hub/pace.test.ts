import { describe, expect, test } from 'vitest'
import {
  type Activity,
  followedMaxMilliseconds,
  followedMilliseconds,
  idleRequestsMax,
  paceOf,
  pauses,
  readingPauseOf,
  untouchedMilliseconds,
} from '../../hub/api/pace.ts'

const now = 1_000_000_000
const calm: Activity = { now, isHidden: false, touchedAt: now, changedAt: 0, isBehind: false }

describe('the pace of a page', () => {
  test.for([
    ['working', {}],
    ['working', { touchedAt: now - untouchedMilliseconds + 1 }],
    ['idle', { touchedAt: now - untouchedMilliseconds }],
    ['hidden', { isHidden: true, changedAt: now }],
    ['quick', { changedAt: now }],
    ['working', { changedAt: now - followedMilliseconds }],
    ['quick', { changedAt: now - followedMilliseconds, isBehind: true }],
    ['working', { changedAt: now - followedMaxMilliseconds, isBehind: true }],
    ['idle', { touchedAt: now - untouchedMilliseconds, changedAt: now }],
  ] as const)('is %s after %o', ([pace, activity]) => {
    expect(paceOf({ ...calm, ...activity })).toBe(pace)
  })

  test('keeps what is promised: own changes in 2 s, those of others in 10 s, and in 60 s on an idle page', () => {
    expect(pauses.quick).toBeLessThan(2_000)
    expect(pauses.working).toBeLessThan(10_000)
    expect(pauses.idle).toBeLessThan(60_000)
    expect(pauses.hidden).toBeLessThanOrEqual(60_000)
    expect(3_600_000 / pauses.hidden).toBeLessThanOrEqual(idleRequestsMax)
  })

  test.for([1, 2, 5, 20])(
    'lets an idle page that shows %i answers read them only as its hourly bound allows',
    (requests) => {
      const pause = readingPauseOf('idle', requests)
      const balances = 3_600_000 / pauses.idle
      expect(balances + (3_600_000 / pause) * requests).toBeLessThanOrEqual(idleRequestsMax)
      expect(readingPauseOf('working', requests)).toBe(0)
    },
  )
})
