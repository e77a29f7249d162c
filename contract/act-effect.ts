import * as v from 'valibot'
import { amount, tokens } from './figures.ts'
import { planName } from './plan.ts'
import { refusedAnswer } from './refusal.ts'
import { subscriptionAnswer } from './subscription.ts'
import { paymentMethod, standing } from './team.ts'

const teamFactsAnswer = v.pipe(
  v.object({
    name: v.string(),
    country: v.string(),
    paymentMethod,
    standing,
    plan: planName,
    payAsYouGo: v.pipe(v.boolean(), v.description('Pay-as-you-go can pay now')),
    suspension: v.optional(v.pipe(v.string(), v.description('The reason of the suspension'))),
    tokens,
    creditUsdCents: amount,
    owedUsdCents: v.pipe(amount, v.description('Bills and charge-backs that are not paid')),
    billUsdCents: v.pipe(amount, v.description('Pay-as-you-go charges of this month so far')),
    unbilledUsdCents: v.pipe(amount, v.description('Those of the previous month, until its bill exists')),
    shortfallUnits: v.pipe(amount, v.description('Charged units that nobody has paid')),
    subscriptions: v.array(subscriptionAnswer),
    apps: amount,
    appsWorking: v.pipe(amount, v.description('Apps that may make some call')),
    members: v.pipe(amount, v.description('People of the team, with open invitations')),
    admins: v.pipe(amount, v.description('Without invited ones')),
    refused: v.array(refusedAnswer),
  }),
  v.title('TeamFacts'),
)

const actEffectAnswer = v.pipe(
  v.object({
    /** Absent for a team that does not exist yet. */
    before: v.optional(teamFactsAnswer),
    after: teamFactsAnswer,
  }),
  v.title('ActEffect'),
)

export type TeamFactsAnswer = v.InferOutput<typeof teamFactsAnswer>
export type ActEffectAnswer = v.InferOutput<typeof actEffectAnswer>

/** Fields of an act's answer that only a preview has. */
export const previewFields = {
  status: v.optional(v.pipe(v.literal('preview'), v.description('Nothing was done'))),
  effect: v.optional(actEffectAnswer),
}

/** The preview of an act whose answer has no body. */
export const actPreviewAnswer = v.pipe(
  v.object({ status: v.literal('preview'), effect: actEffectAnswer }),
  v.title('ActPreview'),
)

export type ActPreviewAnswer = v.InferOutput<typeof actPreviewAnswer>
