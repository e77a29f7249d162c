import * as v from 'valibot'
import type { DomainEventType } from '../core/events/domain-event.ts'
import { webhookTestType } from '../core/events/notified-types.ts'
import { crossing } from './alert.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const usdCents = v.pipe(count, v.description('Whole US cents'))
const quantity = v.pipe(count, v.description('Base units of the meter'))
const tokens = v.pipe(v.number(), v.minValue(0), v.description('At most three decimals'))
const instant = v.pipe(v.string(), v.metadata({ format: 'date-time' }))
const period = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}$/),
  v.description('A calendar month in UTC, such as 2026-01'),
)
const freeLimitStops = v.pipe(
  v.picklist(['meter', 'api']),
  v.description('The part that stops when all is used: this meter, or its whole API'),
)
const paymentReference = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9._-]+~[A-Za-z0-9._:-]+$/),
  v.description(
    'The purchase or due that is paid: team~purchaseId, team~invoice:2026-01 or team~charge-back:purchaseId',
  ),
)

const failure = {
  failedAt: v.optional(v.pipe(instant, v.description('The instant of the first failed payment'))),
  retryAt: v.optional(v.pipe(instant, v.description('The next try; absent after the last one'))),
  stopsAt: v.optional(v.pipe(instant, v.description('The instant at which a due stops rated APIs'))),
  payUntil: v.optional(v.pipe(instant, v.description('The instant until which a purchase can be paid'))),
}

const leftTokens = v.pipe(
  tokens,
  v.description('Tokens that were left; those that nothing is held for are taken back at once'),
)

const invoiceLine = v.strictObject({
  meter: v.string(),
  units: count,
  unitPriceUsdCents: v.optional(
    v.pipe(
      count,
      v.description('Price of a unit; absent for the units beyond the first 16 prices of a month'),
    ),
  ),
  usdCents,
  lateUnits: v.pipe(
    count,
    v.description('Number of these units whose use belongs to an earlier, closed month'),
  ),
})

const threshold = {
  meter: v.string(),
  api: v.string(),
  freeLimitStops,
  percent: v.picklist([50, 80, 100]),
  used: quantity,
  limit: quantity,
}

/** The fields of each kind of event, without those of every kind. */
const bodies = {
  UsageThresholdReached: threshold,
  UsageBackUnder: threshold,
  AlertReached: crossing,
  AlertBackUnder: crossing,
  IncludedThresholdReached: {
    meter: v.string(),
    percent: v.picklist([50, 80, 100]),
    used: quantity,
    limit: v.pipe(quantity, v.description("Base units that the team's subscriptions include this month")),
  },
  UsageReversed: {
    reversalId: v.string(),
    appId: v.string(),
    meter: v.string(),
    quantity: v.pipe(count, v.description('Base units that were taken back')),
    tokens: v.pipe(tokens, v.description('Tokens that went back to their lots')),
    creditUsdCents: v.pipe(count, v.description('Whole US cents that became credit')),
    reason: v.string(),
  },
  CreditNoteIssued: {
    number: v.pipe(count, v.description("Its number in the team's series of invoices and credit notes")),
    period,
    meter: v.string(),
    units: count,
    usdCents,
    dueUsdCents: v.pipe(
      count,
      v.description('The part that was still due, in US cents; the rest became credit'),
    ),
  },
  FreeLimitReached: {
    meter: v.string(),
    api: v.string(),
    freeLimitStops,
    limit: quantity,
    resumesAt: instant,
  },
  TokensLow: { tokens, ofTokens: v.pipe(tokens, v.description('Tokens of the last purchase')) },
  TokensExhausted: {},
  LotExpiring: { lotId: v.string(), tokens, days: v.picklist([90, 30, 7]), expiresAt: instant },
  LotExpired: { lotId: v.string(), tokens },
  PeriodClosed: { period, usdCents },
  InvoiceIssued: {
    period,
    lines: v.array(invoiceLine),
    usdCents,
    dueUsdCents: v.pipe(usdCents, v.description('The amount to pay after credits')),
  },
  PaymentRequested: { paymentReference, usdCents, attempt: count },
  PaymentRetryComing: { paymentReference, usdCents, ...failure, retryAt: instant },
  PaymentFailed: { paymentReference, usdCents, ...failure },
  PurchaseRefunded: { purchaseId: v.string(), usdCents, tokens: leftTokens },
  PurchaseChargedBack: {
    purchaseId: v.string(),
    usdCents,
    tokens: leftTokens,
    dueUsdCents: v.pipe(count, v.description('Price in whole US cents of the tokens that were spent before')),
    ...failure,
  },
  TeamSuspended: {
    because: v.picklist(['operator', 'payment-overdue']),
    reason: v.optional(v.string()),
    paymentReference: v.optional(paymentReference),
    usdCents: v.optional(usdCents),
    ...failure,
  },
  TeamResumed: { because: v.picklist(['operator', 'paid']) },
  AppMigrated: { appId: v.string() },
  MigrationReminder: {
    campaignId: v.string(),
    notice: v.picklist(['announced', 'reminded']),
    deadlineAt: instant,
    apps: v.pipe(count, v.description('Apps that do not comply yet')),
    appIds: v.pipe(v.array(v.string()), v.maxLength(100), v.description('The first hundred of these apps')),
  },
  AppSuspended: { campaignId: v.string(), appId: v.string() },
} as const satisfies Readonly<Record<DomainEventType, v.ObjectEntries>>

const head = {
  id: v.pipe(v.string(), v.description('Stays the same when the event arrives again')),
  teamId: v.string(),
  at: v.pipe(instant, v.description('The instant at which it took effect')),
  correlationId: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(64),
      v.description('The id by which the caller that caused it knows its own work'),
    ),
  ),
}

/** The schema of every kind of event's detail. */
export const eventSchemas: Readonly<Record<DomainEventType, v.GenericSchema>> = mapBodies()

const webhookTestSchema = v.strictObject({
  id: v.pipe(v.string(), v.description('Differs for each test')),
  teamId: head.teamId,
  at: v.pipe(instant, v.description('The instant at which an admin asked for the test')),
  webhookId: v.pipe(v.string(), v.description('The webhook that is tested')),
})

/** The schemas of everything that a receiver may get: also of a test event, which is never on the bus. */
export const sentSchemas: Readonly<Record<string, v.GenericSchema>> = {
  ...eventSchemas,
  [webhookTestType]: webhookTestSchema,
}

function mapBodies(): Record<DomainEventType, v.GenericSchema> {
  const schemas = Object.entries(bodies).map(([type, body]) => [type, v.strictObject({ ...head, ...body })])
  return Object.fromEntries(schemas) as Record<DomainEventType, v.GenericSchema>
}
