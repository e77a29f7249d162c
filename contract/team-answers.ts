import * as v from 'valibot'
import { amount, instantText } from './answers.ts'
import { rateRow } from './ops.ts'
import { campaignAnswer } from './ops-answers.ts'

const offeredRow = v.object({ ...rateRow.entries, unverified: v.boolean() })

const offeredCard = v.object({
  version: v.string(),
  effectiveAt: instantText,
  meters: v.array(offeredRow),
})

/** What is for sale, for anyone. Everything in it is dated data. */
export const offerAnswer = v.object({
  at: instantText,
  /** The rows in force, whichever card each comes from; before the first card, that card. */
  rateCard: offeredCard,
  /** Cards that are published and not in force yet; each names only what it changes. */
  upcoming: v.array(offeredCard),
  priceList: v.object({
    version: v.string(),
    effectiveAt: instantText,
    minimumTokens: amount,
    unverified: v.boolean(),
    steps: v.array(v.object({ fromTokens: amount, unitPriceUsdCents: amount })),
  }),
  payAsYouGo: v.object({ countries: v.array(v.string()), paymentMethods: v.array(v.string()) }),
  /** The one whose deadline comes first: it decides. */
  campaign: v.optional(campaignAnswer),
  unratedApis: v.array(v.string()),
})

export const teamDetailsAnswer = v.object({
  teamId: v.string(),
  name: v.string(),
  country: v.string(),
  paymentMethod: v.picklist(['credit-card', 'paypal', 'none']),
  standing: v.picklist(['good', 'bad']),
  hub: v.optional(v.object({ name: v.string() })),
  suspension: v.optional(v.object({ reason: v.string() })),
  payAsYouGo: v.object({
    eligible: v.boolean(),
    conditions: v.array(
      v.object({ condition: v.picklist(['country', 'payment-method', 'standing']), met: v.boolean() }),
    ),
  }),
})

export const memberAnswer = v.object({
  memberId: v.string(),
  email: v.string(),
  role: v.picklist(['admin', 'developer']),
  since: instantText,
})

export const membersAnswer = v.object({ members: v.array(memberAnswer) })

export type OfferAnswer = v.InferOutput<typeof offerAnswer>
export type TeamDetailsAnswer = v.InferOutput<typeof teamDetailsAnswer>
export type MemberAnswer = v.InferOutput<typeof memberAnswer>
export type MembersAnswer = v.InferOutput<typeof membersAnswer>
