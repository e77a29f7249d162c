import * as v from 'valibot'
import type { EntryKind } from '../core/journal/entry.ts'
import { actorAnswer } from './actor.ts'
import { crossing } from './alert.ts'
import { budgetSpan } from './budget.ts'
import { capAnswer } from './cap.ts'
import { chargeAnswer, fundedBy } from './charge.ts'
import { creditNoteAnswer } from './credit-note.ts'
import { amount, instantText, periodText, tokens } from './figures.ts'
import { lotAnswer } from './lot.ts'
import { planName } from './plan.ts'
import { subscriptionAnswer } from './subscription.ts'
import { paymentMethod, standing } from './team.ts'
import { waived } from './waived.ts'

const charges = v.array(chargeAnswer)

const head = {
  version: amount,
  at: instantText,
  /** The id by which the caller that made the entry knows its own work. */
  correlationId: v.optional(v.string()),
  /** The caller that asked for the entry; absent if time alone made it. */
  actor: v.optional(actorAnswer),
}

/** The payer when there is no charge: the free amount, a paid plan (no unit is full yet), or nobody. */
const used = {
  appId: v.string(),
  meter: v.string(),
  quantity: amount,
  /** Base units among them that the included amounts of subscriptions gave. */
  included: v.optional(amount),
  waived: v.optional(waived),
  /** The month whose amounts include it. */
  period: periodText,
  funding: v.picklist(['free', 'paid', 'unrated']),
  charges,
  /** The usage belongs to a closed month, or arrived after its authorization had expired. */
  late: v.optional(v.boolean()),
  /** The usage exceeds the authorized quantity. */
  overrun: v.optional(v.boolean()),
}

const billLineAnswer = v.pipe(
  v.object({
    meter: v.string(),
    units: amount,
    unitPriceUsdCents: v.optional(amount),
    usdCents: amount,
    lateUnits: amount,
  }),
  v.title('BillLine'),
)

/** One kind of entry. Its component is named after the kind, such as `LotGrantedEntry`. */
/* @__NO_SIDE_EFFECTS__ */
function entry<Kind extends EntryKind, Fields extends v.ObjectEntries>(kind: Kind, fields: Fields) {
  const words = kind.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return v.pipe(v.object({ ...head, kind: v.literal(kind), ...fields }), v.title(`${words.join('')}Entry`))
}

/** The reason of an operator, who may leave it out. */
const givenReason = v.optional(v.string())

/** A line of the statement, by its kind. `settled` lists older unpaid usage that the entry paid for. */
export const entryAnswer = v.pipe(
  v.variant('kind', [
    entry('team-changed', {
      country: v.string(),
      paymentMethod,
      standing,
      paidShortfall: v.optional(charges),
      reason: givenReason,
    }),
    entry('hub-named', { name: v.string() }),
    entry('app-moved', { appId: v.string() }),
    entry('plan-changed', {
      plan: planName,
      payAsYouGo: v.boolean(),
      effectiveAt: instantText,
      spendLimitUsdCents: v.optional(amount),
      paidShortfall: charges,
    }),
    entry('authorization', {
      authorizationId: v.string(),
      appId: v.string(),
      meter: v.string(),
      quantity: amount,
      expiresAt: instantText,
      fundedBy,
      quoteId: v.optional(v.string()),
      budgetId: v.optional(v.string()),
      cap: v.optional(capAnswer),
    }),
    entry('capture', {
      authorizationId: v.string(),
      /** Total use of the authorization so far. `quantity` is the part that this capture added. */
      used: amount,
      released: amount,
      ...used,
    }),
    entry('void', {
      authorizationId: v.string(),
      appId: v.string(),
      meter: v.string(),
      released: amount,
    }),
    entry('usage', {
      source: v.string(),
      id: v.string(),
      time: instantText,
      ...used,
    }),
    entry('purchase', {
      purchaseId: v.string(),
      tokens: amount,
      unitPriceUsdCents: amount,
      usdCents: amount,
    }),
    entry('lot-granted', {
      lot: lotAnswer,
      paidShortfall: charges,
      /** The number of the receipt; absent where nothing was paid. */
      receiptNumber: v.optional(amount),
    }),
    entry('lot-expiring', { lotId: v.string(), days: amount, tokens }),
    entry('lot-expired', { lotId: v.string(), tokens }),
    entry('period-started', { period: periodText, plan: planName, paidShortfall: charges }),
    entry('period-closed', {
      period: periodText,
      number: amount,
      lines: v.array(billLineAnswer),
      usdCents: amount,
      creditUsdCents: amount,
      /** US cents that earlier, small bills carried to this one. */
      carriedInUsdCents: v.optional(amount),
      /** The rest of a bill that is too small to be paid: a later bill names it. */
      carriedUsdCents: v.optional(amount),
    }),
    entry('limit-set', {
      appId: v.string(),
      meter: v.string(),
      /** Base units in a month; null removes the limit. */
      perPeriod: v.nullable(amount),
    }),
    entry('budget-made', {
      budgetId: v.string(),
      name: v.string(),
      appId: v.string(),
      every: budgetSpan,
      tokens: v.optional(tokens),
      usdCents: v.optional(amount),
      endsAt: instantText,
    }),
    entry('budget-revoked', { budgetId: v.string(), appId: v.string() }),
    entry('payment', {
      paymentId: v.string(),
      /** The invoice of a period, the purchase, or the charged-back purchase, that it pays. */
      invoice: v.optional(periodText),
      purchase: v.optional(v.string()),
      chargeBack: v.optional(v.string()),
      usdCents: amount,
      status: v.picklist(['settled', 'failed', 'refunded', 'charged-back']),
      /** US cents added to the team's credit, or taken from it. */
      creditUsdCents: v.optional(v.pipe(v.number(), v.safeInteger())),
      /** The amount due after it. */
      due: v.optional(v.pipe(v.object({ dueId: v.string(), usdCents: amount }), v.title('Due'))),
      /** The lot that a won dispute gives back, and the shortfall that it pays. */
      lot: v.optional(lotAnswer),
      paidShortfall: v.optional(charges),
      reason: givenReason,
    }),
    entry('payment-requested', { purchaseId: v.string(), usdCents: amount, attempt: amount }),
    entry('purchase-given-up', { purchaseId: v.string() }),
    entry('tokens-taken-back', { lotId: v.string(), tokens }),
    entry('reversal', {
      reversalId: v.string(),
      reason: v.string(),
      appId: v.string(),
      meter: v.string(),
      /** Base units taken back. */
      quantity: amount,
      /** The part that goes back to the included amounts of its month. */
      included: v.optional(amount),
      authorizationId: v.optional(v.string()),
      source: v.optional(v.string()),
      id: v.optional(v.string()),
      /** The charges of the use, as they were made. */
      returned: charges,
      /** Tokens that went back to their lots. */
      tokens,
      creditUsdCents: amount,
      creditNotes: v.array(creditNoteAnswer),
      paidShortfall: charges,
    }),
    entry('payment-recovery', {
      /** `invoice:2026-02` or `charge-back:p1`. */
      dueId: v.string(),
      action: v.picklist(['warn', 'retry', 'stop']),
    }),
    entry('campaign-notice', {
      campaignId: v.string(),
      notice: v.picklist(['announced', 'reminded', 'stopped']),
      scheduledAt: instantText,
      deadlineAt: instantText,
      apps: amount,
    }),
    /** A figure has crossed a threshold that the team has set: the alert is reached, or no longer. */
    entry('alert-noted', { ...crossing, isReached: v.boolean() }),
    entry('subscriptions-changed', { subscriptions: v.array(subscriptionAnswer), reason: givenReason }),
    entry('suspended', { reason: v.string() }),
    entry('resumed', { reason: givenReason }),
    /** The texts about persons of the team are erased; no amount changed. */
    entry('personal-data-erased', {}),
    entry('adjustment', {
      adjustmentId: v.string(),
      reason: v.string(),
      tokens: amount,
      creditUsdCents: amount,
    }),
  ]),
  v.title('Entry'),
)

export type EntryAnswer = v.InferOutput<typeof entryAnswer>
