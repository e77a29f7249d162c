import * as v from 'valibot'
import {
  amount,
  chargeAnswer,
  dayText,
  instantText,
  lotAnswer,
  periodText,
  refusalAnswer,
  refusedAnswer,
  teamWarningAnswer,
  tokens,
} from './answers.ts'
import { entryAnswer } from './entry-answers.ts'

const planPreviewAnswer = v.object({
  /** What is in force now. */
  from: v.object({ plan: v.picklist(['none', 'free', 'paid']), payAsYouGo: v.boolean() }),
  effectiveAt: instantText,
  /** Unpaid usage that the change would pay. */
  settles: v.array(chargeAnswer),
  /** What is refused now, and what would be once the change is in force, if nothing but time passes until then. */
  refusedNow: v.array(refusedAnswer),
  refusedThen: v.array(refusedAnswer),
})

export const planAnswer = v.object({
  plan: v.picklist(['none', 'free', 'paid']),
  payAsYouGo: v.boolean(),
  spendLimitUsdCents: v.optional(amount),
  /** Present when the change takes effect later: paid to free, with the next period. */
  effectiveAt: v.optional(instantText),
  /** Only of a preview. */
  preview: v.optional(planPreviewAnswer),
})

export const invoiceLineAnswer = v.object({ meter: v.string(), units: amount, usdCents: amount })

export const balanceAnswer = v.object({
  /** The instant of this answer: when everything in it is true. */
  at: instantText,
  plan: v.picklist(['none', 'free', 'paid']),
  /** Present while a change of plan waits for the next period. */
  nextPlan: v.optional(v.object({ plan: v.picklist(['none', 'free', 'paid']), effectiveAt: instantText })),
  period: periodText,
  resetsAt: instantText,
  free: v.array(
    v.object({ meter: v.string(), used: amount, held: amount, limit: amount, remaining: amount }),
  ),
  flex: v.object({ tokens, lots: v.array(lotAnswer) }),
  payAsYouGo: v.object({
    enabled: v.boolean(),
    period: periodText,
    usdCents: amount,
    spendLimitUsdCents: v.optional(amount),
    creditUsdCents: v.optional(amount),
    /** Charges of the month before, until its bill is made. */
    unbilledUsdCents: v.optional(amount),
    lines: v.array(invoiceLineAnswer),
  }),
  remainders: v.array(v.object({ meter: v.string(), quantity: amount, unitSize: amount })),
  held: v.array(v.object({ meter: v.string(), quantity: amount })),
  shortfall: v.array(
    v.object({ meter: v.string(), units: amount, tokens: v.optional(tokens), usdCents: v.optional(amount) }),
  ),
  /** What an app of the team that complies would be refused now, for one base unit of each meter. */
  refused: v.array(refusedAnswer),
  /** While the team has no plan yet and the deadline is ahead: as authorizations warn. */
  warnings: v.array(teamWarningAnswer),
})

/** `quantity` is what was really used, in base units; the rest is what was charged for it. */
export const usageRowAnswer = v.object({
  day: v.optional(dayText),
  meter: v.optional(v.string()),
  app: v.optional(v.string()),
  quantity: amount,
  units: amount,
  tokens,
  usdCents: amount,
})

export const usageRowsAnswer = v.object({ from: dayText, to: dayText, rows: v.array(usageRowAnswer) })

/** Newest first. */
export const entriesAnswer = v.object({
  entries: v.array(entryAnswer),
  cursor: v.optional(v.string()),
})

export const purchaseAnswer = v.object({
  purchaseId: v.string(),
  tokens: amount,
  unitPriceUsdCents: amount,
  usdCents: amount,
  status: v.picklist(['granted', 'payment-pending', 'preview']),
  lot: v.optional(lotAnswer),
  /** Only of a preview: unpaid usage that the tokens would pay first. */
  settles: v.optional(v.array(chargeAnswer)),
})

export const limitAnswer = v.object({
  appId: v.string(),
  meter: v.string(),
  perPeriod: v.nullable(amount),
})

export const hubAnswer = v.object({ teamId: v.string(), name: v.string() })

export const movedAppsAnswer = v.object({
  apps: v.array(
    v.object({
      appId: v.string(),
      status: v.picklist(['moved', 'already-there', 'rejected']),
      problem: v.optional(v.object({ code: v.string(), title: v.string(), detail: v.string() })),
    }),
  ),
})

export const onboardingAnswer = v.object({
  steps: v.array(
    v.object({
      step: v.string(),
      done: v.boolean(),
      /** Apps work without it. */
      optional: v.optional(v.boolean()),
      why: v.optional(v.string()),
      todo: v.optional(v.string()),
    }),
  ),
  apps: v.array(
    v.object({
      appId: v.string(),
      name: v.string(),
      inHub: v.boolean(),
      works: v.boolean(),
      stopsAt: v.optional(instantText),
      missing: v.optional(v.picklist(['APP_NOT_IN_HUB', 'NO_PLAN'])),
      /** Why it may make no call at all now; absent when it works. */
      refusal: v.optional(refusalAnswer),
      /** What the team lets it use in a month, and what it has used of that. */
      limits: v.array(v.object({ meter: v.string(), perPeriod: amount, used: v.optional(amount) })),
    }),
  ),
})

export const invoiceAnswer = v.object({
  invoiceId: v.string(),
  teamId: v.string(),
  teamName: v.string(),
  period: periodText,
  currency: v.literal('USD'),
  issuedAt: instantText,
  status: v.picklist(['due', 'paid', 'overdue']),
  lines: v.array(
    v.object({
      meter: v.string(),
      units: amount,
      /** Absent where the price changed within the period. */
      unitPriceUsdCents: v.optional(amount),
      usdCents: amount,
      /** Units of an earlier, closed period among them. */
      lateUnits: v.optional(amount),
      /** Where the entries behind the line are. */
      entries: v.string(),
    }),
  ),
  /** The sum of the lines, what was credited of it, and what is left to pay. */
  usdCents: amount,
  creditUsdCents: amount,
  dueUsdCents: amount,
  /** What a payment of this invoice names. */
  paymentReference: v.string(),
})

export const invoicesAnswer = v.object({ invoices: v.array(invoiceAnswer) })

export type PlanAnswer = v.InferOutput<typeof planAnswer>
export type PlanPreviewAnswer = v.InferOutput<typeof planPreviewAnswer>
export type LotAnswer = v.InferOutput<typeof lotAnswer>
export type BalanceAnswer = v.InferOutput<typeof balanceAnswer>
export type UsageRowAnswer = v.InferOutput<typeof usageRowAnswer>
export type UsageRowsAnswer = v.InferOutput<typeof usageRowsAnswer>
export type EntriesAnswer = v.InferOutput<typeof entriesAnswer>
export type PurchaseAnswer = v.InferOutput<typeof purchaseAnswer>
export type LimitAnswer = v.InferOutput<typeof limitAnswer>
export type HubAnswer = v.InferOutput<typeof hubAnswer>
export type MovedAppsAnswer = v.InferOutput<typeof movedAppsAnswer>
export type OnboardingAnswer = v.InferOutput<typeof onboardingAnswer>
export type InvoiceAnswer = v.InferOutput<typeof invoiceAnswer>
export type InvoicesAnswer = v.InferOutput<typeof invoicesAnswer>
