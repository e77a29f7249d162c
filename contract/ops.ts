import * as v from 'valibot'
import type { Rate } from '../core/catalog/catalog.ts'
import type { Call } from './call.ts'
import {
  id,
  instant,
  meterName,
  name,
  quantityMax,
  reason,
  say,
  tokenAmount,
  tokensMax,
  tokensToMilli,
  usdCentsMax,
  usedMax,
  whole,
} from './fields.ts'
import { memberEmail } from './members.ts'

const team = v.strictObject({ teamId: id })

export const registerTeam = {
  operationId: 'registerTeam',
  params: team,
  body: v.strictObject({
    name,
    country: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, say('country'))),
    paymentMethod: v.picklist(['credit-card', 'paypal', 'none']),
    standing: v.picklist(['good', 'bad']),
    /** Becomes an admin of the team: somebody has to invite the others. */
    admin: v.optional(v.strictObject({ memberId: id, email: memberEmail })),
  }),
} as const satisfies Call

export const registerApp = {
  operationId: 'registerApp',
  params: v.strictObject({ appId: id }),
  body: v.strictObject({ teamId: id, name }),
} as const satisfies Call

export const rateRow = v.strictObject({
  meter: meterName,
  api: meterName,
  baseUnit: meterName,
  unitSize: whole(1, quantityMax),
  tokensPerUnit: tokenAmount,
  usdCentsPerUnit: whole(0, usdCentsMax),
  freePerPeriod: whole(0, usedMax),
  unverified: v.optional(v.boolean()),
  freeLimitStops: v.optional(v.picklist(['meter', 'api'])),
})

/** A row of the wire as `core` reads it: tokens in thousandths. */
function rateFromJson({ tokensPerUnit, ...row }: v.InferOutput<typeof rateRow>): Rate {
  return { ...row, milliTokensPerUnit: tokensToMilli(tokensPerUnit) }
}

export const publishRateCard = {
  operationId: 'publishRateCard',
  params: v.strictObject({ version: id }),
  body: v.strictObject({
    effectiveAt: instant,
    meters: v.pipe(
      v.array(v.pipe(rateRow, v.transform(rateFromJson))),
      v.minLength(1),
      v.maxLength(100),
      v.check((rows) => new Set(rows.map((row) => row.meter)).size === rows.length, say('uniqueMeters')),
    ),
  }),
} as const satisfies Call

export const getRateCard = {
  operationId: 'getRateCard',
  query: v.strictObject({ at: v.optional(instant) }),
} as const satisfies Call

const campaign = v.strictObject({ campaignId: id })

export const putCampaign = {
  operationId: 'putCampaign',
  params: campaign,
  body: v.pipe(
    v.strictObject({
      opensAt: instant,
      deadlineAt: instant,
      remindAt: v.pipe(v.array(instant), v.maxLength(20)),
    }),
    v.forward(
      v.check(({ opensAt, deadlineAt }) => opensAt < deadlineAt, say('opensBeforeDeadline')),
      ['deadlineAt'],
    ),
  ),
} as const satisfies Call

export const getCampaign = { operationId: 'getCampaign', params: campaign } as const satisfies Call

export const getCampaignProgress = {
  operationId: 'getCampaignProgress',
  params: campaign,
} as const satisfies Call

export const suspendTeam = {
  operationId: 'suspendTeam',
  params: team,
  body: v.strictObject({ reason }),
} as const satisfies Call

export const resumeTeam = { operationId: 'resumeTeam', params: team } as const satisfies Call

/** Gives either a lot of tokens, or a credit on the next bill. */
export const adjustTeam = {
  operationId: 'adjustTeam',
  params: team,
  body: v.pipe(
    v.strictObject({
      adjustmentId: id,
      tokens: v.optional(whole(1, tokensMax)),
      usdCents: v.optional(whole(1, usdCentsMax)),
      reason,
    }),
    v.check(
      ({ tokens, usdCents }) => (tokens === undefined) !== (usdCents === undefined),
      say('tokensOrUsdCents'),
    ),
  ),
} as const satisfies Call

export const reportPayment = {
  operationId: 'reportPayment',
  body: v.strictObject({
    paymentId: id,
    invoiceOrPurchaseId: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._:~-]{1,140}$/, say('reference'))),
    status: v.picklist(['settled', 'failed']),
  }),
} as const satisfies Call
