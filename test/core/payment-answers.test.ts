import { describe, expect, test } from 'vitest'
import { type Account, emptyAccount, type Lot } from '../../core/account/account.ts'
import { dueIdOf, paidForOf } from '../../core/account/dues.ts'
import {
  mayFollow,
  type Payable,
  payableName,
  payUntil,
  purchaseStatusAt,
} from '../../core/account/payable.ts'
import { giveUpPurchase } from '../../core/commands/give-up-purchase.ts'
import { payPurchase } from '../../core/commands/pay-purchase.ts'
import { purchaseTokens } from '../../core/commands/purchase-tokens.ts'
import { type PaymentTarget, type TakePayment, takePayment } from '../../core/commands/take-payment.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import { refuse } from '../../core/refusal.ts'
import { dayMs } from '../../core/time/time.ts'
import { launchCatalog as catalog } from '../support/launch-catalog.ts'

const now = Date.parse('2026-02-20T10:00:00Z')
const head = { teamId: 'acme', version: 1, at: now }
const account: Account = {
  ...emptyAccount('acme'),
  profile: { country: 'US', paymentMethod: 'paypal', standing: 'good' },
  period: '2026-02',
  at: now,
}
const purchase: EntryOf<'purchase'> = {
  ...head,
  kind: 'purchase',
  purchaseId: 'p',
  tokens: 100,
  unitPriceUsdCents: 300,
  usdCents: 30_000,
}
const invoice = { invoice: '2026-01' }
const invoiceId = 'invoice:2026-01'
const due = { dueId: invoiceId, usdCents: 500, steps: 0 }
const lot: Lot = {
  lotId: 'p',
  milliTokens: 100_000,
  remaining: 100_000,
  purchasedAt: now,
  expiresAt: now + 300 * dayMs,
  notices: 0,
}

/** Takes a result of payment `x`, and returns the body of its first entry. */
function take(
  command: Omit<TakePayment, 'kind' | 'paymentId'>,
  target: PaymentTarget,
  { latest, on = account }: { latest?: TakePayment['status']; on?: Account } = {},
) {
  const { paidFor } = command
  const earlier = latest && { ...earlierPayment, paidFor, status: latest }
  const decided = takePayment(
    on,
    { kind: 'take-payment', paymentId: 'x', ...command },
    { now, catalog, target, ...(earlier && { latest: earlier }) },
  )
  if ('refused' in decided) return decided
  const [first, ...others] = decided.entries
  return { entry: first, others: others.map(({ kind }) => kind) }
}
const earlierPayment: EntryOf<'payment'> = {
  ...head,
  kind: 'payment',
  paymentId: 'x',
  paidFor: invoice,
  status: 'settled',
  usdCents: 500,
  sequence: 4,
  payable: { status: 'paid' },
  creditUsdCents: 0,
}

describe('a payment of a bill', () => {
  const booked = (body: object) => {
    const base = { ...head, kind: 'payment', paymentId: 'x', paidFor: invoice, sequence: 0 }
    return { entry: { ...base, creditUsdCents: 0, ...body }, others: [] }
  }
  const bill = (payable: Payable) => ({ payable, usdCents: 700 })
  const owing: Account = { ...account, dues: [due] }
  const failed = (payable: Payable, on: Account) =>
    take({ paidFor: invoice, status: 'failed' }, bill(payable), { on })

  test('that fails keeps the instant of the first failure, and changes nothing once it is paid', () => {
    const status = 'failed'
    expect(failed({ status: 'pending' }, owing)).toEqual(
      booked({ status, usdCents: 500, payable: { status, failedAt: now } }),
    )
    expect(failed({ status, failedAt: 5 }, owing)).toEqual(
      booked({ status, usdCents: 500, payable: { status, failedAt: 5 } }),
    )
    expect(failed({ status: 'paid' }, account)).toEqual(
      booked({ status, usdCents: 700, payable: { status: 'paid' } }),
    )
  })

  test('that settles pays what is due, and becomes credit where nothing is', () => {
    const settled = (payable: Payable, on: Account, usdCents?: number) =>
      take({ paidFor: invoice, status: 'settled', ...(usdCents && { usdCents }) }, bill(payable), { on })
    const status = 'settled'
    expect(settled({ status: 'pending', paidUsdCents: 200 }, owing)).toEqual(
      booked({
        status,
        usdCents: 500,
        payable: { status: 'paid', paidBy: 'x', paidUsdCents: 700 },
        owed: { dueId: invoiceId, usdCents: 0 },
      }),
    )
    expect(settled({ status: 'paid' }, account)).toEqual(
      booked({ status, usdCents: 700, creditUsdCents: 700, payable: { status: 'paid' } }),
    )
    expect(settled({ status: 'paid' }, account, 650)).toEqual(
      booked({ status, usdCents: 650, creditUsdCents: 650, payable: { status: 'paid' } }),
    )
  })

  test.each<
    [string, 'refunded' | 'charged-back', Payable, Account, TakePayment['status'] | undefined, object]
  >([
    [
      'refunded',
      'refunded',
      { status: 'paid', paidBy: 'x' },
      account,
      'settled',
      { payable: { status: 'refunded', paidBy: 'x' } },
    ],
    [
      'charged back',
      'charged-back',
      { status: 'paid' },
      account,
      'settled',
      { payable: { status: 'charged-back' }, owed: { dueId: invoiceId, usdCents: 700 } },
    ],
    [
      'refunded after it failed',
      'refunded',
      { status: 'paid' },
      account,
      'failed',
      { payable: { status: 'paid' } },
    ],
    [
      'charged back while something is due',
      'charged-back',
      { status: 'paid' },
      owing,
      'settled',
      { payable: { status: 'paid' }, usdCents: 500 },
    ],
    [
      'refunded twice',
      'refunded',
      { status: 'refunded' },
      account,
      undefined,
      { payable: { status: 'refunded' } },
    ],
  ])('that is %s', (_, status, payable, on, latest, expected) => {
    const sequence = latest === undefined ? 0 : 5
    const found = take({ paidFor: invoice, status }, bill(payable), { on, ...(latest && { latest }) })
    expect(found).toEqual(booked({ status, sequence, usdCents: 700, ...expected }))
  })

  test('that had become credit takes the credit back, and the used part is owed', () => {
    const payable = { status: 'paid', paidBy: 'other' } as const
    const back = (on: Account) =>
      take({ paidFor: invoice, status: 'refunded' }, bill(payable), { on, latest: 'settled' })
    const body = { status: 'refunded', sequence: 5, payable, usdCents: 700 }
    expect(back({ ...account, creditUsdCents: 900 })).toEqual(booked({ ...body, creditUsdCents: -700 }))
    expect(back({ ...account, creditUsdCents: 700 })).toEqual(booked({ ...body, creditUsdCents: -700 }))
    expect(back({ ...account, creditUsdCents: 100 })).toEqual(
      booked({ ...body, creditUsdCents: -100, owed: { dueId: invoiceId, usdCents: 600 } }),
    )
    expect(back({ ...owing, creditUsdCents: 0 })).toEqual(
      booked({ ...body, usdCents: 500, creditUsdCents: 0, owed: { dueId: invoiceId, usdCents: 1_000 } }),
    )
  })

  test('conflicts with its id for another bill, and with a step back', () => {
    const target = bill({ status: 'pending' })
    const conflict = (because: string) => refuse('IDEMPOTENCY_CONFLICT', { because })
    const other = (paidFor: TakePayment['paidFor'], teamId = 'acme') =>
      takePayment(
        account,
        { kind: 'take-payment', paymentId: 'x', paidFor, status: 'settled' },
        { now, catalog, target, latest: { ...earlierPayment, teamId } },
      )
    expect(other({ invoice: '2026-02' })).toEqual(conflict('reference'))
    expect(other({ chargeBack: '2026-01' })).toEqual(conflict('reference'))
    expect(other({ purchase: '2026-01' })).toEqual(conflict('reference'))
    expect(other(invoice, 'other')).toEqual(conflict('reference'))
    expect(other(invoice)).toEqual({ account, entries: [], answer: { isKnown: true } })
    expect(take({ paidFor: invoice, status: 'failed' }, target, { latest: 'settled' })).toEqual(
      conflict('order'),
    )
  })
})

describe('a payment of a purchase', () => {
  const paidFor = { purchase: 'p' }
  const booked = (body: object, others: readonly string[] = []) => {
    const base = { ...head, kind: 'payment', paymentId: 'x', paidFor, sequence: 0, usdCents: 30_000 }
    return { entry: { ...base, creditUsdCents: 0, ...body }, others }
  }
  const order = (payable: Payable): PaymentTarget => ({ payable, purchase })

  test('that settles grants its lot, once, and becomes credit after that', () => {
    const settled = (payable: Payable) => take({ paidFor, status: 'settled' }, order(payable))
    const status = 'settled'
    const paid = { status: 'paid', paidBy: 'x' }
    expect(settled({ status: 'pending' })).toEqual(booked({ status, payable: paid }, ['lot-granted']))
    expect(settled({ status: 'failed', failedAt: now - 30 * dayMs + 1 })).toEqual(
      booked({ status, payable: { ...paid, failedAt: now - 30 * dayMs + 1 } }, ['lot-granted']),
    )
    const late = { status: 'failed', failedAt: now - 30 * dayMs } as const
    expect(settled(late)).toEqual(booked({ status, payable: late, creditUsdCents: 30_000 }))
    for (const payable of [{ status: 'paid' }, { status: 'given-up' }, { status: 'refunded' }] as const)
      expect(settled(payable)).toEqual(booked({ status, payable, creditUsdCents: 30_000 }))
  })

  test('that fails changes the state of an open purchase only', () => {
    const failed = (payable: Payable) => take({ paidFor, status: 'failed' }, order(payable))
    const status = 'failed'
    expect(failed({ status: 'pending' })).toEqual(booked({ status, payable: { status, failedAt: now } }))
    expect(failed({ status, failedAt: now - 1 })).toEqual(
      booked({ status, payable: { status, failedAt: now - 1 } }),
    )
    expect(failed({ status: 'paid' })).toEqual(booked({ status, payable: { status: 'paid' } }))
    expect(failed({ status: 'given-up' })).toEqual(booked({ status, payable: { status: 'given-up' } }))
  })

  const tokens = { lot, lapsed: 0, takenBack: 0, recoveredUsdCents: 0 }
  const holding: Account = { ...account, lots: [{ ...lot, remaining: 60_000 }] }
  const back = (status: 'refunded' | 'charged-back', latest?: TakePayment['status'], paidBy = 'x') =>
    take(
      { paidFor, status },
      { payable: { status: 'paid', paidBy }, purchase, tokens: { ...tokens, lapsed: 10_000 } },
      { on: holding, ...(latest && { latest }) },
    )

  test('that goes back withdraws its lot; spent tokens are owed after a charge-back', () => {
    const withdrawn = { lotId: 'p', unitPriceUsdCents: 300, spentMilliTokens: 30_000, milliTokens: 60_000 }
    const taken = ['tokens-taken-back']
    expect(back('charged-back', 'settled')).toEqual(
      booked(
        {
          status: 'charged-back',
          sequence: 5,
          payable: { status: 'charged-back', paidBy: 'x' },
          withdrawn,
          owed: { dueId: 'charge-back:p', usdCents: 9_000 },
        },
        taken,
      ),
    )
    expect(back('refunded', 'settled')).toEqual(
      booked(
        {
          status: 'refunded',
          sequence: 5,
          payable: { status: 'refunded', paidBy: 'x' },
          withdrawn: { ...withdrawn, unitPriceUsdCents: 0 },
        },
        taken,
      ),
    )
  })

  test('that failed, or had become credit, leaves the lot', () => {
    expect(back('refunded', 'failed')).toEqual(
      booked({ status: 'refunded', sequence: 5, payable: { status: 'paid', paidBy: 'x' } }),
    )
    expect(back('refunded', 'settled', 'other')).toEqual(
      booked({
        status: 'refunded',
        sequence: 5,
        payable: { status: 'paid', paidBy: 'other' },
        owed: { dueId: 'charge-back:p', usdCents: 30_000 },
      }),
    )
    expect(take({ paidFor, status: 'refunded' }, order({ status: 'pending' }))).toEqual(
      booked({ status: 'refunded', payable: { status: 'pending' } }),
    )
  })

  test('returns the tokens that were taken back, and what was paid for spent ones, once its dispute is won', () => {
    const payable: Payable = {
      status: 'charged-back',
      paidBy: 'x',
      restored: { milliTokens: 5, usdCents: 7 },
    }
    const win = (expiresAt: number, on: Account, before = payable) =>
      take(
        { paidFor, status: 'settled' },
        {
          payable: before,
          purchase,
          tokens: { lot: { ...lot, expiresAt }, lapsed: 0, takenBack: 40_000, recoveredUsdCents: 90 },
        },
        { on, latest: 'charged-back' },
      )
    const winBody = (milliTokens: number) => {
      const restored = { milliTokens, usdCents: 97 }
      return {
        status: 'settled',
        sequence: 5,
        creditUsdCents: 90,
        payable: { status: 'paid', paidBy: 'x', restored },
      }
    }
    const owing = { ...holding, dues: [{ ...due, dueId: 'charge-back:p' }] }
    expect(win(now + 300 * dayMs, owing)).toEqual(
      booked({
        ...winBody(40_005),
        owed: { dueId: 'charge-back:p', usdCents: 0 },
        restored: { lot: { ...lot, remaining: 100_000 }, paidShortfall: [] },
      }),
    )
    expect(win(now, account)).toEqual(booked(winBody(5)))
    const first = win(now, account, { status: 'charged-back', paidBy: 'x' })
    expect(first).toMatchObject({ entry: { payable: { restored: { milliTokens: 0, usdCents: 90 } } } })
    expect(win(now + 1, account)).toEqual(
      booked({
        ...winBody(40_005),
        restored: { lot: { ...lot, expiresAt: now + 1, remaining: 40_000, notices: 3 }, paidShortfall: [] },
      }),
    )
  })
})

describe('a purchase', () => {
  const context = { now, catalog, purchase }
  const states = ['pending', 'failed', 'paid', 'refunded', 'charged-back', 'given-up'] as const
  const closed = (because: string) => refuse('PURCHASE_CLOSED', { because })

  test('can be paid again within 30 days after its payment failed', () => {
    const pay = (payable: Payable, on = account) =>
      payPurchase(on, { kind: 'pay-purchase', purchaseId: 'p' }, { ...context, payable, attempts: 2 })
    const payable = { status: 'failed', failedAt: now - 1 } as const
    const pending = { status: 'pending', failedAt: now - 1 }
    expect(pay(payable)).toEqual({
      account: { ...account, version: 1 },
      entries: [
        {
          ...head,
          kind: 'payment-requested',
          purchaseId: 'p',
          usdCents: 30_000,
          attempt: 2,
          payable: pending,
        },
      ],
      answer: pending,
    })
    const none = { ...account, profile: { ...account.profile, paymentMethod: 'none' } } as const
    expect(pay(payable, none)).toEqual(refuse('PAYMENT_METHOD_REQUIRED'))
    for (const status of ['pending', 'paid'] as const)
      expect(pay({ status })).toEqual({ account, entries: [], answer: { status } })
    expect(pay({ ...payable, failedAt: now - 30 * dayMs })).toEqual(closed('given-up'))
    for (const status of states.slice(3)) expect(pay({ status })).toEqual(closed(status))
  })

  test('that is not paid can be given up', () => {
    const giveUp = (status: Payable['status']) =>
      giveUpPurchase(
        account,
        { kind: 'give-up-purchase', purchaseId: 'p' },
        { ...context, payable: { status } },
      )
    const payable = { status: 'given-up' }
    for (const status of ['pending', 'failed'] as const)
      expect(giveUp(status)).toEqual({
        account: { ...account, version: 1 },
        entries: [{ ...head, kind: 'purchase-given-up', purchaseId: 'p', payable }],
        answer: payable,
      })
    expect(giveUp('given-up')).toEqual({ account, entries: [], answer: payable })
    for (const status of ['paid', 'refunded', 'charged-back'] as const)
      expect(giveUp(status)).toEqual(closed(status))
  })

  test('needs a means of payment and the expected price', () => {
    const buy = (on: Account, expectedUsdCents?: number) =>
      purchaseTokens(
        on,
        {
          kind: 'purchase-tokens',
          purchaseId: 'p',
          tokens: 100,
          isPaidAtOnce: false,
          ...(expectedUsdCents !== undefined && { expectedUsdCents }),
        },
        { now, catalog },
      )
    const none = { ...account, profile: { ...account.profile, paymentMethod: 'none' } } as const
    expect(buy(none)).toEqual(refuse('PAYMENT_METHOD_REQUIRED'))
    expect(buy(account, 29_999)).toEqual(refuse('PRICE_CHANGED', { usdCents: 30_000 }))
    for (const bought of [buy(account), buy(account, 30_000)])
      expect(bought).toEqual({
        account: { ...account, version: 1, pendingPurchases: [{ purchaseId: 'p', usdCents: 30_000 }] },
        entries: [purchase],
        answer: { purchase, payable: { status: 'pending' } },
      })
  })

  test('that is open is given up 30 days after its first failure', () => {
    const statusAt = (status: Payable['status'], failedAt?: number) =>
      purchaseStatusAt({ status, ...(failedAt !== undefined && { failedAt }) }, now)
    expect(payUntil({ status: 'pending' })).toBeUndefined()
    expect(states.map((status) => statusAt(status))).toEqual(states)
    expect(states.map((status) => statusAt(status, now - 30 * dayMs + 1))).toEqual(states)
    expect(states.map((status) => statusAt(status, now - 30 * dayMs))).toEqual([
      'given-up',
      'given-up',
      ...states.slice(2),
    ])
  })
})

test('payables and dues have names that lead back to them', () => {
  expect(dueIdOf(invoice)).toBe(invoiceId)
  expect(dueIdOf({ chargeBack: 'p:q' })).toBe('charge-back:p:q')
  expect(dueIdOf({ purchase: 'p' })).toBeUndefined()
  expect(paidForOf(invoiceId)).toEqual(invoice)
  expect(paidForOf('charge-back:p:q')).toEqual({ chargeBack: 'p:q' })
  expect([{ purchase: 'p' }, invoice, { chargeBack: 'p' }].map(payableName)).toEqual([
    'p',
    invoiceId,
    'charge-back:p',
  ])
})

test('a payment moves forward, and back from a charge-back only', () => {
  const statuses = ['failed', 'settled', 'refunded', 'charged-back'] as const
  const followers = statuses.map((before) => statuses.filter((next) => mayFollow(before, next)))
  expect(followers).toEqual([
    ['settled', 'refunded', 'charged-back'],
    ['refunded', 'charged-back'],
    [],
    ['settled'],
  ])
})
