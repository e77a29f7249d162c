import { describe, expect, test } from 'vitest'
import { type Account, emptyAccount } from '../../core/account/account.ts'
import type { EntryBody } from '../../core/journal/entry.ts'
import { apply } from '../../core/journal/fold.ts'

/* Each entry changes what it names, and nothing else. */

const at = Date.parse('2027-03-10T09:00:00Z')
const lot = (lotId: string, remaining: number) => ({
  lotId,
  milliTokens: 9_000,
  remaining,
  purchasedAt: at,
  expiresAt: at + 1_000_000,
  notices: 0,
})
const due = (dueId: string, steps = 0) => ({ dueId, usdCents: 500, steps })
const limit = (appId: string, meter: string) => ({ appId, meter, perPeriod: 9, used: 3, held: [] })

const before: Account = {
  ...emptyAccount('acme'),
  version: 7,
  period: '2027-03',
  lots: [lot('a', 1_000), lot('b', 2_000)],
  dues: [due('invoice:2027-01', 1), due('charge-back:a')],
  limits: [limit('app', 'm'), limit('app', 'n'), limit('other', 'm')],
}
const applied = (body: EntryBody, account = before) => {
  const { version: _, at: __, ...rest } = apply(account, { teamId: 'acme', version: 8, at, ...body })
  return rest
}
const { version: _, at: __, ...rest } = before

test('an entry that does not follow is not applied', () => {
  const entry = { kind: 'resumed', teamId: 'acme', version: 9, at } as const
  expect(() => apply(before, entry)).toThrow('entry 9 follows version 7')
})

test('a notice of expiry counts for its lot', () => {
  const body = { kind: 'lot-expiring', lotId: 'b', days: 90, milliTokens: 2_000 } as const
  expect(applied(body)).toEqual({ ...rest, lots: [lot('a', 1_000), { ...lot('b', 2_000), notices: 1 }] })
})

test('a campaign notice changes nothing', () => {
  const notice = { campaignId: 'c', notice: 'reminded', scheduledAt: at } as const
  expect(applied({ kind: 'campaign-notice', ...notice } as EntryBody)).toEqual(rest)
})

describe('an app’s limit', () => {
  test('replaces the one of its app and meter', () => {
    const set = { ...limit('app', 'm'), perPeriod: 4 }
    const limits = [limit('app', 'n'), limit('other', 'm'), set]
    expect(applied({ kind: 'limit-set', ...set })).toEqual({ ...rest, limits })
  })

  test('is lifted for its app and meter', () => {
    const limits = [limit('app', 'n'), limit('other', 'm')]
    const body = { kind: 'limit-set', ...limit('app', 'm'), perPeriod: null } as const
    expect(applied(body)).toEqual({ ...rest, limits })
  })
})

describe('the erasure of personal data', () => {
  const body = { kind: 'personal-data-erased' } as EntryBody
  test('blanks the reason of a suspension', () => {
    const suspended = { ...before, suspendedBecause: 'Ms Sora did it' }
    expect(applied(body, suspended)).toEqual({ ...rest, suspendedBecause: '[erased]' })
  })

  test('suspends no team', () => {
    expect(applied(body)).toEqual(rest)
  })
})

describe('a step of recovery', () => {
  const step = (dueId: string, action: 'warn' | 'stop') =>
    ({ kind: 'payment-recovery', dueId, step: 1, action }) as const

  test('counts for its due', () => {
    const dues = [due('invoice:2027-01', 2), due('charge-back:a')]
    expect(applied(step('invoice:2027-01', 'warn'))).toEqual({ ...rest, dues })
  })

  test('that stops the meters keeps the instant of an earlier stop', () => {
    const dues = [due('invoice:2027-01', 1), due('charge-back:a', 1)]
    expect(applied(step('charge-back:a', 'stop'))).toEqual({ ...rest, dues, overdueSince: at })
    const stopped = { ...before, overdueSince: 5 }
    expect(applied(step('charge-back:a', 'stop'), stopped)).toEqual({ ...rest, dues, overdueSince: 5 })
    expect(applied(step('charge-back:a', 'warn'), stopped)).toEqual({ ...rest, dues, overdueSince: 5 })
  })
})

describe('a payment', () => {
  const payment = {
    kind: 'payment',
    paymentId: 'p',
    paidFor: { invoice: '2027-01' },
    status: 'failed',
    usdCents: 500,
    sequence: 0,
    payable: { status: 'failed', failedAt: at },
    creditUsdCents: 0,
  } as const

  test('that failed starts the recovery of its own due, once', () => {
    const failed = (failedAt: number) => ({ ...due('invoice:2027-01', 1), failedAt })
    const dues = [failed(at), due('charge-back:a')]
    expect(applied(payment)).toEqual({ ...rest, dues })
    const [, other = due('')] = before.dues
    const again = { ...before, dues: [failed(3), other] }
    expect(applied(payment, again)).toEqual({ ...rest, dues: [failed(3), other] })
  })

  test('that is taken back withdraws its own lot', () => {
    const withdrawn = { unitPriceUsdCents: 300, spentMilliTokens: 8_000 }
    const body = {
      ...payment,
      paidFor: { purchase: 'a' },
      status: 'charged-back',
      owed: { dueId: 'charge-back:a', usdCents: 800 },
      withdrawn: { ...withdrawn, lotId: 'a', milliTokens: 1_000 },
    } as const
    expect(applied(body)).toEqual({
      ...rest,
      lots: [{ ...lot('a', 1_000), withdrawn }, lot('b', 2_000)],
      dues: [due('invoice:2027-01', 1), { ...due('charge-back:a'), usdCents: 800 }],
    })
  })

  test('that is won back replaces its lot, also where a part of it is left', () => {
    const withdrawn = { unitPriceUsdCents: 300, spentMilliTokens: 8_000 }
    const lots = [{ ...lot('a', 400), withdrawn }, lot('b', 2_000)]
    const body = {
      ...payment,
      paidFor: { purchase: 'a' },
      status: 'settled',
      owed: { dueId: 'charge-back:a', usdCents: 0 },
      restored: { lot: lot('a', 1_000), paidShortfall: [] },
    } as const
    expect(applied(body, { ...before, lots })).toEqual({ ...rest, dues: [due('invoice:2027-01', 1)] })
  })
})

test('tokens that are taken back leave their own lot, and an empty lot disappears', () => {
  const take = (milliTokens: number) => applied({ kind: 'tokens-taken-back', lotId: 'b', milliTokens })
  expect(take(500)).toEqual({ ...rest, lots: [lot('a', 1_000), lot('b', 1_500)] })
  expect(take(2_000)).toEqual({ ...rest, lots: [lot('a', 1_000)] })
})
