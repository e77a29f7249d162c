import * as v from 'valibot'
import { amount, chargeAnswer, instantText, lotAnswer, periodText, tokens } from './answers.ts'

const plan = v.picklist(['none', 'free', 'paid'])
const charges = v.array(chargeAnswer)

const head = {
  version: amount,
  at: instantText,
  /** What the caller that made the entry calls its own work. */
  correlationId: v.optional(v.string()),
}

/** `funding` says what pays where there is no charge: the free amount, a paid plan (no unit is full yet), nobody. */
const used = {
  appId: v.string(),
  meter: v.string(),
  quantity: amount,
  /** The month whose amounts it counts in. */
  period: periodText,
  funding: v.picklist(['free', 'paid', 'unrated']),
  charges,
  /** It belongs to a month that was closed already, or came after its authorization had expired. */
  late: v.optional(v.boolean()),
  /** More than was authorized. */
  overrun: v.optional(v.boolean()),
}

/** A line of the statement, by its kind. `settled` lists what the entry paid of older, unpaid usage. */
export const entryAnswer = v.variant('kind', [
  v.object({
    ...head,
    kind: v.literal('team-changed'),
    country: v.string(),
    paymentMethod: v.picklist(['credit-card', 'paypal', 'none']),
    standing: v.picklist(['good', 'bad']),
  }),
  v.object({ ...head, kind: v.literal('hub-named'), name: v.string() }),
  v.object({ ...head, kind: v.literal('app-moved'), appId: v.string() }),
  v.object({
    ...head,
    kind: v.literal('plan-changed'),
    plan,
    payAsYouGo: v.boolean(),
    effectiveAt: instantText,
    spendLimitUsdCents: v.optional(amount),
    settled: charges,
  }),
  v.object({
    ...head,
    kind: v.literal('authorization'),
    authorizationId: v.string(),
    appId: v.string(),
    meter: v.string(),
    quantity: amount,
    expiresAt: instantText,
    fundedBy: v.picklist(['free', 'flex', 'pay-as-you-go', 'grace', 'unrated']),
  }),
  v.object({
    ...head,
    kind: v.literal('capture'),
    authorizationId: v.string(),
    /** All that the authorization was used for so far; `quantity` is what this capture added. */
    used: amount,
    released: amount,
    ...used,
  }),
  v.object({
    ...head,
    kind: v.literal('void'),
    authorizationId: v.string(),
    appId: v.string(),
    meter: v.string(),
    released: amount,
  }),
  v.object({
    ...head,
    kind: v.literal('usage'),
    source: v.string(),
    id: v.string(),
    time: instantText,
    ...used,
  }),
  v.object({
    ...head,
    kind: v.literal('purchase'),
    purchaseId: v.string(),
    tokens: amount,
    unitPriceUsdCents: amount,
    usdCents: amount,
  }),
  v.object({ ...head, kind: v.literal('lot-granted'), lot: lotAnswer, settled: charges }),
  v.object({ ...head, kind: v.literal('lot-expiring'), lotId: v.string(), days: amount, tokens }),
  v.object({ ...head, kind: v.literal('lot-expired'), lotId: v.string(), tokens }),
  v.object({ ...head, kind: v.literal('period-started'), period: periodText, plan, settled: charges }),
  v.object({
    ...head,
    kind: v.literal('period-closed'),
    period: periodText,
    lines: v.array(v.object({ meter: v.string(), units: amount, usdCents: amount, lateUnits: amount })),
    usdCents: amount,
    creditUsdCents: amount,
  }),
  v.object({
    ...head,
    kind: v.literal('limit-set'),
    appId: v.string(),
    meter: v.string(),
    /** Base units in a month; null: no limit any more. */
    perPeriod: v.nullable(amount),
  }),
  v.object({
    ...head,
    kind: v.literal('payment'),
    paymentId: v.string(),
    /** What it pays: the invoice of a period, or a purchase. */
    invoice: v.optional(periodText),
    purchase: v.optional(v.string()),
    usdCents: amount,
    /** False: the payment failed. */
    settled: v.boolean(),
  }),
  v.object({
    ...head,
    kind: v.literal('payment-recovery'),
    period: periodText,
    do: v.picklist(['warn', 'retry', 'stop']),
  }),
  v.object({
    ...head,
    kind: v.literal('campaign-notice'),
    campaignId: v.string(),
    notice: v.picklist(['announced', 'reminded', 'stopped']),
    of: instantText,
    deadlineAt: instantText,
    apps: amount,
  }),
  v.object({ ...head, kind: v.literal('suspended'), reason: v.string() }),
  v.object({ ...head, kind: v.literal('resumed') }),
  /** What is stored about the persons of the team is gone; no amount changed. */
  v.object({ ...head, kind: v.literal('personal-data-erased') }),
  v.object({
    ...head,
    kind: v.literal('adjustment'),
    adjustmentId: v.string(),
    reason: v.string(),
    tokens: amount,
    creditUsdCents: amount,
  }),
])

export type EntryAnswer = v.InferOutput<typeof entryAnswer>
