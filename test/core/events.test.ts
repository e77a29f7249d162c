import { describe, expect, test } from 'vitest'
import { type Account, emptyAccount, type Lot, noMeterState, noTally } from '../../core/account/account.ts'
import type { Catalog, Rate } from '../../core/catalog/catalog.ts'
import { eventsOf } from '../../core/events/events-of.ts'
import type { Entry, EntryBody, EntryBodyOf, Usage } from '../../core/journal/entry.ts'

const at = Date.parse('2026-02-20T10:00:00Z')
const account: Account = { ...emptyAccount('acme'), period: '2026-02', at }
const rate: Rate = {
  meter: 'm',
  api: 'x',
  baseUnit: 'call',
  unitSize: 1,
  milliTokensPerUnit: 500,
  usdCentsPerUnit: 150,
  freePerPeriod: 20,
  freeLimitStops: 'api',
}
const nothingFree: Rate = { ...rate, meter: 'zero', freePerPeriod: 0 }
const catalog: Catalog = {
  rateCards: [{ version: '1', effectiveAt: 0, meters: [rate, nothingFree] }],
  priceLists: [],
  includedAmounts: [],
  campaigns: [],
  unratedApis: [],
  payAsYouGoCountries: [],
  minimumBillUsdCents: 0,
}
const entryOf = (body: EntryBody): Entry => ({ teamId: 'acme', version: 7, at, ...body })

/** The bodies of an entry's events. Their heads are checked once. */
function bodies(body: EntryBody, before: Partial<Account> = {}, after: Partial<Account> = before) {
  const events = eventsOf({ ...account, ...before }, { ...account, ...after }, entryOf(body), catalog)
  return events.map(({ eventId: _, teamId: _team, at: _at, ...rest }) => rest)
}

test('events are numbered within their entry, and carry its team, instant and correlation id', () => {
  const entry = entryOf({
    kind: 'campaign-notice',
    campaignId: 'c',
    notice: 'stopped',
    scheduledAt: at,
    deadlineAt: at,
    appIds: ['a', 'b'],
    apps: 2,
  })
  const stopped = { teamId: 'acme', at, type: 'AppSuspended', campaignId: 'c' }
  expect(eventsOf(account, account, entry, catalog)).toEqual([
    { eventId: 'acme.7.0', ...stopped, appId: 'a' },
    { eventId: 'acme.7.1', ...stopped, appId: 'b' },
  ])
  expect(Object.keys(eventsOf(account, account, entry, catalog)[0] ?? {})).not.toContain('correlationId')
  const [first] = eventsOf(account, account, { ...entry, correlationId: 'job-1' }, catalog)
  expect(first).toEqual({ eventId: 'acme.7.0', ...stopped, appId: 'a', correlationId: 'job-1' })
})

describe('free use', () => {
  const freeUse = (free: number, meter = 'm') => {
    return { meters: { [meter]: { ...noMeterState, current: { ...noTally, free } } } }
  }
  const usage = (changed: Partial<Usage> = {}): EntryBodyOf<'usage'> => {
    const base = {
      appId: 'app',
      meter: 'm',
      quantity: 1,
      funding: 'free',
      period: '2026-02',
      charges: [],
    } as const
    return {
      kind: 'usage',
      source: 's',
      id: 'e',
      time: at,
      usage: { ...base, ...changed },
      isLate: false,
      isOverrun: false,
    }
  }
  const reached = (percent: number, used: number) => {
    const facts = { meter: 'm', api: 'x', freeLimitStops: 'api', percent, used, limit: 20 }
    return { type: 'UsageThresholdReached', ...facts }
  }
  const stop = {
    type: 'FreeLimitReached',
    meter: 'm',
    api: 'x',
    freeLimitStops: 'api',
    limit: 20,
    resumesAt: Date.parse('2026-03-01T00:00:00Z'),
  }

  test.each<[number, number, readonly object[]]>([
    [8, 9, []],
    [9, 10, [reached(50, 10)]],
    [10, 11, []],
    [15, 16, [reached(80, 16)]],
    [9, 16, [reached(80, 16)]],
    [16, 19, []],
    [19, 20, [reached(100, 20), stop]],
    [0, 25, [reached(100, 25), stop]],
    [20, 21, []],
  ])('from %d to %d of 20 notifies of the highest threshold reached', (was, used, expected) => {
    expect(bodies(usage(), freeUse(was), freeUse(used))).toEqual(expected)
  })

  test('counts from zero in a new month', () => {
    const december = { ...freeUse(19), period: '2026-01' }
    expect(bodies(usage(), december, freeUse(10))).toEqual([reached(50, 10)])
  })

  test('notifies for a capture as well', () => {
    const authorization = {
      authorizationId: 'a',
      appId: 'app',
      meter: 'm',
      quantity: 1,
      holdSeconds: 60,
      expiresAt: at,
      funding: 'free',
      used: 1,
      held: 0,
      closed: true,
      sequence: 1,
    } as const
    const { usage: used } = usage()
    const flags = { released: 0, isLate: false, isOverrun: false }
    const capture = { kind: 'capture', authorization, usage: used, ...flags } as const
    expect(bodies(capture, freeUse(9), freeUse(10))).toEqual([reached(50, 10)])
  })

  test('notifies of nothing where it is paid, empty, of an earlier month or without a rate', () => {
    const steps = [freeUse(9), freeUse(10)] as const
    expect(bodies(usage({ funding: 'paid' }), ...steps)).toEqual([])
    expect(bodies(usage({ quantity: 0 }), ...steps)).toEqual([])
    expect(bodies(usage({ period: '2026-01' }), ...steps)).toEqual([])
    expect(bodies(usage({ meter: 'unknown' }), freeUse(9, 'unknown'), freeUse(10, 'unknown'))).toEqual([])
  })

  const reversal = (changed: Partial<EntryBodyOf<'reversal'>> = {}) => {
    return {
      kind: 'reversal',
      reversalId: 'r',
      reason: 'a mistake',
      appId: 'app',
      meter: 'm',
      uses: [
        { day: '2026-02-19', usage: usage({ quantity: 4 }).usage },
        { day: '2026-02-20', usage: usage({ quantity: 3 }).usage },
      ],
      tokens: [],
      unbilled: [],
      creditNotes: [],
      creditUsdCents: 0,
      owed: [],
      shortfall: [],
      unpaid: [],
      paidShortfall: [],
      source: 's',
      id: 'e',
      ...changed,
    } as EntryBodyOf<'reversal'>
  }
  const reversed = {
    type: 'UsageReversed',
    reversalId: 'r',
    appId: 'app',
    meter: 'm',
    quantity: 7,
    milliTokens: 0,
    creditUsdCents: 0,
    reason: 'a mistake',
  }
  const under = (percent: number, used: number) => {
    const facts = { meter: 'm', api: 'x', freeLimitStops: 'api', percent, used, limit: 20 }
    return { type: 'UsageBackUnder', ...facts }
  }

  test.each<[number, number, readonly object[]]>([
    [21, 20, []],
    [20, 19, [under(100, 19)]],
    [20, 15, [under(80, 15)]],
    [20, 9, [under(50, 9)]],
    [10, 9, [under(50, 9)]],
    [9, 2, []],
    [16, 16, []],
  ])('that is reversed from %d to %d of 20 notifies of the lowest threshold', (was, used, expected) => {
    expect(bodies(reversal(), freeUse(was), freeUse(used))).toEqual([reversed, ...expected])
  })

  test('that is reversed has no threshold without a rate or a free amount', () => {
    for (const meter of ['zero', 'unknown'])
      expect(bodies(reversal({ meter }), freeUse(5, meter), freeUse(0, meter))).toEqual([
        { ...reversed, meter },
      ])
  })

  test('that is reversed shows the sum of its tokens, and each credit note', () => {
    const returned = (milliTokens: number) => {
      const lot = { lotId: 'l', milliTokens: 9, remaining: 9, purchasedAt: 0, expiresAt: 9, notices: 0 }
      return { lot, milliTokens, hasLapsed: false }
    }
    const figures = { period: '2026-01', meter: 'm', units: 1, usdCents: 150, dueUsdCents: 100 }
    const note = { number: 3, teamVersion: 1, country: 'US', currency: 'USD', ...figures } as const
    expect(
      bodies(reversal({ tokens: [returned(400), returned(200)], creditNotes: [note], creditUsdCents: 50 })),
    ).toEqual([
      { ...reversed, milliTokens: 600, creditUsdCents: 50 },
      { type: 'CreditNoteIssued', ...note },
    ])
  })
})

describe('tokens', () => {
  const lot = (lotId: string, milliTokens: number, remaining: number, purchasedAt: number): Lot => {
    return { lotId, milliTokens, remaining, purchasedAt, expiresAt: at + 90, notices: 0 }
  }
  const resumed = { kind: 'resumed' } as const
  const own = { type: 'TeamResumed', because: 'operator' }
  const change = (left: number, now: number, body: EntryBody = resumed) =>
    bodies(
      body,
      { lots: [lot('a', 5_000, 0, 1), lot('b', 1_000, left, 2), lot('c', 8_000, 0, 1)] },
      { lots: [lot('b', 1_000, now, 2)] },
    )
  const low = (milliTokens: number) => ({ type: 'TokensLow', milliTokens, ofMilliTokens: 1_000 })

  test.each<[number, number, readonly object[]]>([
    [300, 201, []],
    [201, 200, [low(200)]],
    [200, 199, []],
    [500, 0, [low(0), { type: 'TokensExhausted' }]],
    [100, 0, [{ type: 'TokensExhausted' }]],
    [0, 0, []],
    [100, 300, []],
  ])('from %d to %d of the newest lot notify at 20 percent and at zero', (was, left, expected) => {
    expect(change(was, left)).toEqual([own, ...expected])
  })

  test('are measured against the last one of two lots bought at the same instant', () => {
    const lots = [lot('a', 5_000, 0, 1), lot('b', 1_000, 201, 1)]
    expect(bodies(resumed, { lots }, { lots: [lot('b', 1_000, 200, 1)] })).toEqual([own, low(200)])
  })

  test('do not notify where shortfall uses up a new lot at once', () => {
    const granted = { kind: 'lot-granted', lot: lot('n', 1_000, 0, 2), paidShortfall: [] } as const
    expect(change(201, 0, granted)).toEqual([])
  })

  test('that expire or will expire notify with their lot', () => {
    const expiring = { kind: 'lot-expiring', lotId: 'b', days: 30, milliTokens: 600 } as const
    const lots = [lot('a', 1, 1, 1), { ...lot('b', 1, 1, 1), expiresAt: at + 5 }]
    const event = { type: 'LotExpiring', lotId: 'b', milliTokens: 600, days: 30 }
    expect(bodies(expiring, { lots })).toEqual([{ ...event, expiresAt: at + 5 }])
    expect(bodies(expiring)).toEqual([{ ...event, expiresAt: at }])
    expect(bodies({ kind: 'lot-expired', lotId: 'b', milliTokens: 600 })).toEqual([
      { type: 'LotExpired', lotId: 'b', milliTokens: 600 },
    ])
  })
})

describe('money', () => {
  const request = (paidFor: object, usdCents: number, attempt: number) => {
    return { type: 'PaymentRequested', paidFor, usdCents, attempt }
  }

  test('is requested for a purchase, and again with the number of the attempt', () => {
    const price = { tokens: 100, unitPriceUsdCents: 300, usdCents: 30_000 }
    expect(bodies({ kind: 'purchase', purchaseId: 'p', ...price })).toEqual([
      request({ purchase: 'p' }, 30_000, 0),
    ])
    const payable = { status: 'pending' } as const
    expect(
      bodies({ kind: 'payment-requested', purchaseId: 'p', usdCents: 30_000, attempt: 2, payable }),
    ).toEqual([request({ purchase: 'p' }, 30_000, 2)])
  })

  test('is requested for a closed month where something is due', () => {
    const lines = [{ meter: 'm', units: 4, usdCents: 600, lateUnits: 1 }]
    const closed = (creditUsdCents: number, carriedUsdCents: number) =>
      bodies({
        kind: 'period-closed',
        period: '2026-01',
        number: 1,
        teamVersion: 1,
        country: 'US',
        currency: 'USD',
        lines,
        usdCents: 600,
        creditUsdCents,
        carriedInUsdCents: 50,
        carriedUsdCents,
      })
    const events = (dueUsdCents: number) => [
      { type: 'PeriodClosed', period: '2026-01', usdCents: 600 },
      { type: 'InvoiceIssued', period: '2026-01', lines, usdCents: 600, dueUsdCents },
    ]
    expect(closed(200, 0)).toEqual([...events(450), request({ invoice: '2026-01' }, 450, 0)])
    expect(closed(649, 0)).toEqual([...events(1), request({ invoice: '2026-01' }, 1, 0)])
    expect(closed(650, 0)).toEqual(events(0))
    expect(closed(620, 30)).toEqual(events(0))
  })

  const paidFor = { invoice: '2026-01' }
  const payment = (changed: Partial<EntryBodyOf<'payment'>>): EntryBodyOf<'payment'> => {
    const head = {
      kind: 'payment',
      paymentId: 'x',
      paidFor,
      status: 'settled',
      usdCents: 600,
      sequence: 0,
    } as const
    return { ...head, payable: { status: 'paid' }, creditUsdCents: 0, ...changed }
  }
  const failed = { type: 'PaymentFailed', paidFor, usdCents: 600 }

  test('that fails notifies, unless it is not needed any more', () => {
    expect(bodies(payment({ status: 'failed', payable: { status: 'failed' } }))).toEqual([failed])
    expect(bodies(payment({ status: 'failed' }))).toEqual([])
  })

  test('that fails names the failure, and the next try of a due or the end of a purchase', () => {
    const day = 86_400_000
    const fails = { status: 'failed', payable: { status: 'failed', failedAt: at - day } } as const
    const dues = [{ dueId: 'invoice:2026-01', usdCents: 600, failedAt: at - day, steps: 0 }]
    const times = { failedAt: at - day, retryAt: at + 2 * day, stopsAt: at + 13 * day }
    expect(bodies(payment(fails), { dues }, { dues })).toEqual([{ ...failed, ...times }])
    const purchase = { purchase: 'p' }
    expect(bodies(payment({ ...fails, paidFor: purchase }))).toEqual([
      { ...failed, paidFor: purchase, failedAt: at - day, payUntil: at + 29 * day },
    ])
  })

  test('that is charged back after it paid a bill has failed', () => {
    expect(bodies(payment({ status: 'charged-back', payable: { status: 'charged-back' } }))).toEqual([failed])
    expect(bodies(payment({ status: 'charged-back' }))).toEqual([])
    expect(bodies(payment({ status: 'refunded', payable: { status: 'charged-back' } }))).toEqual([])
  })

  test('that goes back to its payer withdraws the purchase', () => {
    const purchase = { paidFor: { purchase: 'p' }, usdCents: 30_000 }
    const withdrawn = { lotId: 'p', milliTokens: 700, unitPriceUsdCents: 300, spentMilliTokens: 300 }
    const figures = { purchaseId: 'p', usdCents: 30_000, milliTokens: 700 }
    const taken = (status: 'refunded' | 'charged-back', owed?: { dueId: string; usdCents: number }) =>
      bodies(payment({ ...purchase, status, payable: { status }, withdrawn, ...(owed && { owed }) }))
    expect(taken('refunded')).toEqual([{ type: 'PurchaseRefunded', ...figures }])
    expect(taken('charged-back')).toEqual([{ type: 'PurchaseChargedBack', ...figures, dueUsdCents: 0 }])
    expect(taken('charged-back', { dueId: 'charge-back:p', usdCents: 90 })).toEqual([
      { type: 'PurchaseChargedBack', ...figures, dueUsdCents: 90 },
    ])
  })

  test('resumes a team only when it pays what was overdue last', () => {
    const overdue = { overdueSince: 5 }
    expect(bodies(payment({}), overdue, {})).toEqual([{ type: 'TeamResumed', because: 'paid' }])
    expect(bodies(payment({}), overdue, overdue)).toEqual([])
    expect(bodies(payment({}), {}, {})).toEqual([])
  })

  test('that is recovered is announced, requested again, and stops the team in the end', () => {
    const dues = [{ dueId: 'charge-back:p:q', usdCents: 600, failedAt: at, steps: 2 }]
    const recover = (action: 'warn' | 'retry' | 'stop', step: number, dueId = 'charge-back:p:q') =>
      bodies({ kind: 'payment-recovery', dueId, step, action }, { dues })
    const chargeBack = { chargeBack: 'p:q' }
    const inDays = (days: number) => at + days * 86_400_000
    const failure = { paidFor: chargeBack, usdCents: 600, failedAt: at, stopsAt: inDays(14) }
    const coming = (retryAt: number) => ({ type: 'PaymentRetryComing', ...failure, retryAt })
    expect(recover('warn', 0)).toEqual([coming(inDays(3))])
    expect(recover('warn', 2)).toEqual([coming(inDays(7))])
    expect(recover('retry', 1)).toEqual([request(chargeBack, 600, 1)])
    expect(recover('retry', 3)).toEqual([request(chargeBack, 600, 2)])
    expect(recover('stop', 6)).toEqual([{ type: 'TeamSuspended', because: 'payment-overdue', ...failure }])
    expect(recover('retry', 1, 'invoice:2026-01')).toEqual([])
    const bill = [{ dueId: 'invoice:2026-01', usdCents: 600, steps: 2 }]
    expect(
      bodies({ kind: 'payment-recovery', dueId: 'invoice:2026-01', step: 0, action: 'warn' }, { dues: bill }),
    ).toEqual([{ type: 'PaymentRetryComing', paidFor, usdCents: 600, retryAt: at }])
  })
})

test('operators, campaigns and moves notify with their facts', () => {
  expect(bodies({ kind: 'suspended', reason: 'abuse' })).toEqual([
    { type: 'TeamSuspended', because: 'operator', reason: 'abuse' },
  ])
  expect(bodies({ kind: 'app-moved', appId: 'app' })).toEqual([{ type: 'AppMigrated', appId: 'app' }])
  const notice = { campaignId: 'c', deadlineAt: 9, apps: 3, appIds: ['a', 'b'] }
  for (const kind of ['announced', 'reminded'] as const)
    expect(bodies({ kind: 'campaign-notice', notice: kind, scheduledAt: 1, ...notice })).toEqual([
      { type: 'MigrationReminder', notice: kind, ...notice },
    ])
})

test('other entries notify nobody', () => {
  expect(bodies({ kind: 'hub-named', name: 'Hub' })).toEqual([])
  expect(bodies({ kind: 'period-started', period: '2026-02', plan: 'paid', paidShortfall: [] })).toEqual([])
})
