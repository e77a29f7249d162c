import { describe, expect, test } from 'vitest'
import { type Account, emptyAccount, noMeterState, noTally, type Terms } from '../../core/account/account.ts'
import { mapMeters, tallyOf } from '../../core/account/meters.ts'
import { withTerms } from '../../core/account/terms.ts'
import { tidy } from '../../core/account/tidy.ts'
import { advance, nextDueAt } from '../../core/advance.ts'
import { closureOf } from '../../core/journal/closure.ts'
import { campaignVerdict } from '../../core/migration/campaign.ts'
import { dayMs, hourMs } from '../../core/time/time.ts'
import { launchCatalog } from '../support/launch-catalog.ts'

const at = (text: string) => Date.parse(text)
const february: Account = { ...emptyAccount('acme'), period: '2026-02' }
const march10 = at('2026-03-10T00:00:00Z')
const limit = { appId: 'app', meter: 'm', perPeriod: 5, used: 0, held: [] }
const lot = { milliTokens: 9, remaining: 9, purchasedAt: 0, notices: 3 }

describe('the terms of a team', () => {
  const terms = (from: number, plan: Terms['plan'], payAsYouGo = false): Terms => ({ from, plan, payAsYouGo })

  test('are replaced by a change from the same instant on, and by an earlier one', () => {
    const history = [terms(1, 'free'), terms(9, 'paid')]
    expect(withTerms(history, terms(9, 'free'), 0)).toEqual([terms(1, 'free')])
    expect(withTerms(history, terms(9, 'paid', true), 0)).toEqual([terms(1, 'free'), terms(9, 'paid', true)])
    expect(withTerms(history, terms(5, 'paid', true), 0)).toEqual([terms(1, 'free'), terms(5, 'paid', true)])
    expect(withTerms([], terms(5, 'paid'), 0)).toEqual([terms(5, 'paid')])
  })

  test('are kept as long as they were in force at the kept instant, and 64 at most', () => {
    const history = [terms(1, 'free'), terms(5, 'paid')]
    const next = terms(9, 'free')
    expect(withTerms(history, next, 4)).toEqual([...history, next])
    expect(withTerms(history, next, 5)).toEqual([terms(5, 'paid'), next])
    const many = Array.from({ length: 64 }, (_, n) => terms(n, n % 2 === 0 ? 'free' : 'paid'))
    expect(withTerms(many, terms(64, 'free'), -1)).toEqual([...many.slice(1), terms(64, 'free')])
  })
})

describe('the state of a meter', () => {
  const meters = {
    free: { ...noMeterState, current: { ...noTally, free: 1 } },
    units: { ...noMeterState, current: { ...noTally, units: 1 } },
    usdCents: { ...noMeterState, previous: { ...noTally, usdCents: 1 } },
    remainder: { ...noMeterState, remainder: 1 },
    heldFree: { ...noMeterState, free: [{ expiresAt: 1, quantity: 1 }] },
    heldPaid: { ...noMeterState, paid: [{ expiresAt: 1, quantity: 1 }] },
  }

  test('is removed only where all of it is empty', () => {
    const account = { ...february, meters: { ...meters, empty: noMeterState } }
    expect(mapMeters(account, (state) => state)).toEqual(meters)
  })

  test('has a tally for the current month and the one before', () => {
    expect(tallyOf(february, '2026-02')).toBe('current')
    expect(tallyOf(february, '2026-01')).toBe('previous')
    expect(() => tallyOf(february, '2025-12')).toThrow()
    expect(() => tallyOf(february, '2026-03')).toThrow()
  })
})

describe('an idle account', () => {
  const periodOf = (account: Partial<Account>, instant = march10) =>
    tidy({ ...february, ...account }, instant).period
  const meterWith = (state: object) => ({ meters: { m: { ...noMeterState, ...state } } })

  test('goes to a later month without an entry, never to an earlier one', () => {
    expect(periodOf({})).toBe('2026-03')
    expect(periodOf({}, at('2026-01-10T00:00:00Z'))).toBe('2026-02')
    expect(periodOf({ limits: [limit] })).toBe('2026-03')
    expect(periodOf(meterWith({ remainder: 5 }))).toBe('2026-03')
  })

  test('keeps its month while something was counted in it or the one before', () => {
    expect(periodOf(meterWith({ current: { ...noTally, free: 1 } }))).toBe('2026-02')
    expect(periodOf(meterWith({ previous: { ...noTally, units: 1 } }))).toBe('2026-02')
    expect(periodOf({ limits: [{ ...limit, used: 1 }] })).toBe('2026-02')
    expect(periodOf({ limits: [limit, { ...limit, used: 1 }] })).toBe('2026-02')
  })

  test('forgets holds that are over, and the free use of a closed month', () => {
    const held = [
      { expiresAt: 5, quantity: 1 },
      { expiresAt: march10, quantity: 2 },
      { expiresAt: march10 + 1, quantity: 3 },
    ]
    const previous = { ...noTally, free: 4, units: 2 }
    const open = {
      ...february,
      ...meterWith({ previous, free: held, paid: held }),
      limits: [{ ...limit, used: 1, held }],
    }
    expect(tidy(open, march10)).toEqual({
      ...february,
      ...meterWith({ previous: { ...previous, free: 0 }, free: held.slice(2), paid: held.slice(2) }),
      limits: [{ ...limit, used: 1, held: held.slice(2) }],
    })
  })

  test('keeps the free use of the month before for 48 hours', () => {
    const previous = { ...noTally, free: 4 }
    const account = { ...february, ...meterWith({ previous }) }
    const closing = at('2026-02-03T00:00:00Z')
    expect(tidy(account, closing - 1)).toEqual(account)
    expect(tidy(account, closing)).toEqual(february)
  })
})

describe('the next instant at which time alone makes an entry', () => {
  const withdrawn = { unitPriceUsdCents: 0, spentMilliTokens: 0 }
  const lots = [{ ...lot, lotId: 'l', expiresAt: 100, withdrawn }]
  const meters = {
    a: { ...noMeterState, paid: [{ expiresAt: 70, quantity: 1 }] },
    b: { ...noMeterState, paid: [{ expiresAt: 60, quantity: 1 }] },
    c: { ...noMeterState, paid: [{ expiresAt: 80, quantity: 1 }] },
  }

  test('is the first end of a hold while a withdrawn lot has tokens', () => {
    expect(nextDueAt({ ...february, at: 50, lots, meters })).toBe(60)
    expect(nextDueAt({ ...february, at: 50, lots })).toBe(50)
    expect(nextDueAt({ ...february, at: 200, lots })).toBe(100)
  })

  test('is the expiry of a lot that is not withdrawn, whatever is held', () => {
    const kept = [{ ...lot, lotId: 'l', expiresAt: 100 }]
    expect(nextDueAt({ ...february, at: 50, lots: kept, meters })).toBe(100)
    expect(nextDueAt(february)).toBeUndefined()
  })

  test('is the end of a month whose plan changes', () => {
    const end = at('2026-03-01T00:00:00Z')
    const changedAt = (from: number): Account => {
      return { ...february, terms: [{ from, plan: 'free', payAsYouGo: false }] }
    }
    expect(nextDueAt(changedAt(end))).toBe(end)
    expect(nextDueAt(changedAt(end - 1))).toBeUndefined()
  })
})

describe('time alone', () => {
  const expiresAt = at('2026-02-20T00:00:00Z')
  const withLot = (notices: number, more: object = {}): Account => {
    return { ...february, lots: [{ ...lot, lotId: 'l', expiresAt, notices, ...more }] }
  }
  const head = { teamId: 'acme', version: 1 }

  test('notifies 90, 30 and 7 days before a lot expires', () => {
    const noticeAt = (notices: number, days: number) => {
      const due = expiresAt - days * dayMs
      expect(advance(withLot(notices), due - 1, launchCatalog).entries).toEqual([])
      expect(advance(withLot(notices), due, launchCatalog).entries).toEqual([
        { ...head, at: due, kind: 'lot-expiring', lotId: 'l', days, milliTokens: 9 },
      ])
    }
    noticeAt(0, 90)
    noticeAt(1, 30)
    noticeAt(2, 7)
  })

  test('expires a lot at its instant, with the tokens that remain', () => {
    expect(advance(withLot(3), expiresAt - 1, launchCatalog).entries).toEqual([])
    expect(advance(withLot(3), expiresAt + hourMs, launchCatalog).entries).toEqual([
      { ...head, at: expiresAt, kind: 'lot-expired', lotId: 'l', milliTokens: 9 },
    ])
  })

  test('takes the tokens of a withdrawn lot at once, or at its expiry if that comes first', () => {
    const withdrawn = { unitPriceUsdCents: 0, spentMilliTokens: 0 }
    const kinds = (account: Account) =>
      advance(account, expiresAt, launchCatalog).entries.map((entry) => [entry.kind, entry.at])
    const now = expiresAt - hourMs
    expect(kinds({ ...withLot(3, { withdrawn }), at: now })).toEqual([['tokens-taken-back', now]])
    expect(kinds({ ...withLot(3, { withdrawn }), at: expiresAt })).toEqual([['lot-expired', expiresAt]])
  })
})

test('an authorization without a stored reason is over by its final capture, its use or its end', () => {
  const open = {
    authorizationId: 'a',
    appId: 'app',
    meter: 'm',
    quantity: 5,
    holdSeconds: 60,
    expiresAt: 100,
    funding: 'paid',
    used: 4,
    held: 1,
    closed: false,
    sequence: 1,
  } as const
  expect(closureOf(open, 99)).toBeUndefined()
  expect(closureOf(open, 100)).toBe('expired')
  expect(closureOf({ ...open, used: 5 }, 100)).toBe('used-up')
  expect(closureOf({ ...open, used: 5, closed: true }, 100)).toBe('final')
  expect(closureOf({ ...open, closed: true, closedBecause: 'void' }, 100)).toBe('void')
})

test('a campaign tells its newest due step once, waits for the next one, and is done after the last', () => {
  const campaign = { campaignId: 'c', opensAt: 10, deadlineAt: 50, remindAt: [40, 20, 20, 10, 50] }
  const opening = { notice: 'announced', scheduledAt: 10 }
  const stop = { notice: 'stopped', scheduledAt: 50 }
  const none = new Set<string>()
  expect(campaignVerdict(campaign, none, 9)).toEqual({ verdict: 'wait', until: 10 })
  expect(campaignVerdict(campaign, none, 10)).toEqual({ verdict: 'tell', step: opening })
  expect(campaignVerdict(campaign, none, 45)).toEqual({
    verdict: 'tell',
    step: { notice: 'reminded', scheduledAt: 40 },
  })
  expect(campaignVerdict(campaign, none, 50)).toEqual({ verdict: 'tell', step: stop })
  expect(campaignVerdict(campaign, new Set(['announced.10']), 10)).toEqual({ verdict: 'wait', until: 20 })
  expect(campaignVerdict(campaign, new Set(['stopped.50']), 50)).toEqual({ verdict: 'done' })
})
