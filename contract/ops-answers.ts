import * as v from 'valibot'
import { amount, instantText, tokens, warningAnswer } from './answers.ts'
import { rateRow } from './ops.ts'

export const teamAnswer = v.object({
  teamId: v.string(),
  name: v.string(),
  country: v.string(),
  paymentMethod: v.picklist(['credit-card', 'paypal', 'none']),
  standing: v.picklist(['good', 'bad']),
  admin: v.optional(v.object({ memberId: v.string(), email: v.string() })),
})

export const appAnswer = v.object({
  appId: v.string(),
  teamId: v.string(),
  name: v.string(),
  isInHub: v.boolean(),
})

export const publishedRateCardAnswer = v.object({
  version: v.string(),
  effectiveAt: instantText,
  meters: v.array(rateRow),
  warnings: v.array(warningAnswer),
})

/** Every row in force at an instant, whichever card it comes from. */
export const rateCardAnswer = v.object({ at: instantText, meters: v.array(rateRow) })

export const campaignAnswer = v.object({
  campaignId: v.string(),
  opensAt: instantText,
  deadlineAt: instantText,
  remindAt: v.array(instantText),
})

const openCount = {
  teams: amount,
  teamsWithoutPlan: amount,
  appsNotInHub: amount,
}

/** How far a campaign has come: its steps with whom they met, what is open now, and what was open on each day. */
export const campaignProgressAnswer = v.object({
  campaignId: v.string(),
  steps: v.array(
    v.object({
      notice: v.picklist(['announced', 'reminded', 'stopped']),
      of: instantText,
      status: v.picklist(['done', 'due', 'coming', 'skipped']),
      finishedAt: v.optional(instantText),
      teams: v.optional(amount),
      apps: v.optional(amount),
    }),
  ),
  summary: v.object({
    teams: amount,
    apps: amount,
    compliedApps: amount,
    suspendedTeams: amount,
    suspendedApps: amount,
  }),
  open: v.object(openCount),
  days: v.array(v.object({ day: v.string(), ...openCount })),
})

export const suspensionAnswer = v.object({ teamId: v.string(), reason: v.string() })

export const adjustmentAnswer = v.object({
  adjustmentId: v.string(),
  tokens: v.optional(tokens),
  usdCents: v.optional(amount),
  reason: v.string(),
})

export const paymentAnswer = v.object({
  paymentId: v.string(),
  invoiceOrPurchaseId: v.string(),
  status: v.picklist(['settled', 'failed']),
})

export type TeamAnswer = v.InferOutput<typeof teamAnswer>
export type AppAnswer = v.InferOutput<typeof appAnswer>
export type PublishedRateCardAnswer = v.InferOutput<typeof publishedRateCardAnswer>
export type RateCardAnswer = v.InferOutput<typeof rateCardAnswer>
export type CampaignAnswer = v.InferOutput<typeof campaignAnswer>
export type CampaignProgressAnswer = v.InferOutput<typeof campaignProgressAnswer>
export type SuspensionAnswer = v.InferOutput<typeof suspensionAnswer>
export type AdjustmentAnswer = v.InferOutput<typeof adjustmentAnswer>
export type PaymentAnswer = v.InferOutput<typeof paymentAnswer>
