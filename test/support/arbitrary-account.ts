import fc from 'fast-check'
import type { Account, AppLimit, Due, HoldSum, Lot, MeterState, Terms } from '../../core/account/account.ts'
import type { Subscription } from '../../core/account/subscriptions.ts'
import { dayMs, minuteMs } from '../../core/time/time.ts'

/** Ids that callers may choose. */
export const anId = fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/).filter((id) => id !== '.' && id !== '..')

/** Names of meters that a rate card may contain. */
const aMeter = fc.oneof(
  { weight: 9, arbitrary: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,63}$/) },
  { weight: 1, arbitrary: fc.constant('constructor') },
)

const amount = fc.oneof(fc.nat({ max: 1_000 }), fc.maxSafeNat())
const instant = fc.integer({ min: 0, max: Date.UTC(2999, 0, 1) })
const text = fc.string({ maxLength: 40 })
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

const holds: fc.Arbitrary<readonly HoldSum[]> = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 50_000_000 }), fc.integer({ min: 1, max: 2 ** 40 })), {
    selector: ([minute]) => minute,
    maxLength: 5,
  })
  .map((rows) =>
    rows
      .toSorted(([a], [b]) => a - b)
      .map(([minute, quantity]) => ({ expiresAt: minute * minuteMs, quantity })),
  )

const price = fc.record({ usdCentsPerUnit: amount, units: amount, lateUnits: amount })
const tally = fc
  .record({
    free: amount,
    units: amount,
    usdCents: amount,
    late: amount,
    prices: maybe(fc.array(price, { maxLength: 4 })),
    included: maybe(fc.integer({ min: 1, max: 2 ** 40 })),
  })
  .map(({ late, prices, included, ...counts }) => ({
    ...counts,
    lateUnits: Math.min(late, counts.units),
    ...(prices && { prices }),
    ...(included !== undefined && { included }),
  }))
const meterState: fc.Arbitrary<MeterState> = fc.record({
  remainder: amount,
  current: tally,
  previous: tally,
  free: holds,
  paid: holds,
})
const lot: fc.Arbitrary<Lot> = fc.record({
  lotId: anId,
  milliTokens: amount,
  remaining: amount,
  purchasedAt: instant,
  expiresAt: instant,
  notices: fc.nat({ max: 3 }),
})
const terms: fc.Arbitrary<Terms> = fc.record({
  from: instant,
  plan: fc.constantFrom('none', 'free', 'paid'),
  payAsYouGo: fc.boolean(),
})
const limit: fc.Arbitrary<AppLimit> = fc.record({
  appId: anId,
  meter: aMeter,
  perPeriod: amount,
  used: amount,
  held: holds,
})

const day = fc.nat({ max: 400_000 }).map((days) => days * dayMs)
const subscription: fc.Arbitrary<Subscription> = fc
  .record({ product: anId, count: fc.integer({ min: 1, max: 1_000 }), from: day, end: maybe(day) })
  .map(({ end, ...row }) => ({ ...row, ...(end !== undefined && { until: end }) }))

const due: fc.Arbitrary<Due> = fc
  .record({
    dueId: fc.constantFrom('invoice:2026-01', 'invoice:2999-12', 'charge-back:p1'),
    usdCents: amount,
    steps: fc.nat({ max: 7 }),
    failed: maybe(instant),
  })
  .map(({ failed, ...bill }) => ({ ...bill, ...(failed !== undefined && { failedAt: failed }) }))

/** Accounts of every shape that the types allow, including unrealistic ones. */
export const anAccount: fc.Arbitrary<Account> = fc.record({
  teamId: anId,
  version: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  at: instant,
  profile: fc.record({
    country: fc.constantFrom('', 'US', 'JP', 'DE'),
    paymentMethod: fc.constantFrom('credit-card', 'paypal', 'none'),
    standing: fc.constantFrom('good', 'bad'),
  }),
  terms: fc.array(terms, { maxLength: 5 }),
  spendLimitUsdCents: maybe(amount),
  creditUsdCents: amount,
  carriedUsdCents: amount,
  documents: amount,
  receipts: amount,
  teamVersion: amount,
  suspendedBecause: maybe(text),
  overdueSince: maybe(instant),
  dues: fc.array(due, { maxLength: 3 }),
  period: fc.constantFrom('1970-01', '2026-01', '2999-12'),
  lots: fc.array(lot, { maxLength: 5 }),
  meters: fc.dictionary(aMeter, meterState, { maxKeys: 5 }),
  shortfall: fc.array(
    fc.record({
      entry: amount,
      meter: aMeter,
      units: amount,
      milliTokensPerUnit: amount,
      usdCentsPerUnit: amount,
    }),
    { maxLength: 4 },
  ),
  limits: fc.array(limit, { maxLength: 4 }),
  subscriptions: fc.array(subscription, { maxLength: 4 }),
})
