import * as v from 'valibot'
import type { Call } from './call.ts'
import { chargeAnswer } from './charge.ts'
import { usdCentsMax, whole } from './fields.ts'
import { amount, instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import { planName, previewQuery } from './plan.ts'
import { refusedAnswer } from './refusal.ts'
import type { Route } from './route.ts'
import { teamParams } from './team.ts'

export const route = {
  method: 'PUT',
  path: '/v1/teams/{teamId}/plan',
  function: 'hub',
  scope: 'hub:write',
  operationId: 'choosePlan',
} as const satisfies Route

/** Replaces the whole plan: without `spendLimitUsdCents` there is no spend limit. */
export const choosePlan = {
  route,
  params: teamParams,
  query: previewQuery,
  body: v.pipe(
    v.strictObject({
      plan: v.picklist(['free', 'paid']),
      payAsYouGo: v.optional(v.boolean(), false),
      spendLimitUsdCents: v.optional(whole(0, usdCentsMax)),
    }),
    v.forward(
      v.check(({ plan, payAsYouGo }) => plan === 'paid' || !payAsYouGo, sayToPeople('paidPlanOnly')),
      ['payAsYouGo'],
    ),
    v.forward(
      v.check(
        ({ plan, spendLimitUsdCents }) => plan === 'paid' || spendLimitUsdCents === undefined,
        sayToPeople('paidPlanOnly'),
      ),
      ['spendLimitUsdCents'],
    ),
  ),
} as const satisfies Call

const planInForceAnswer = v.pipe(
  v.object({ plan: planName, payAsYouGo: v.boolean() }),
  v.title('PlanInForce'),
)

const planPreviewAnswer = v.pipe(
  v.object({
    /** The plan in force now. */
    from: planInForceAnswer,
    effectiveAt: instantText,
    /** Unpaid usage that the change would pay for. */
    paysShortfall: v.array(chargeAnswer),
    /** Uses that are refused now, and those that would be once the change is in force, if only time passes until then. */
    refusedNow: v.array(refusedAnswer),
    refusedThen: v.array(refusedAnswer),
  }),
  v.title('PlanPreview'),
)

const planAnswer = v.pipe(
  v.object({
    plan: planName,
    payAsYouGo: v.boolean(),
    spendLimitUsdCents: v.optional(amount),
    /** Present when the change takes effect later: from paid to free, with the next period. */
    effectiveAt: v.optional(instantText),
    /** Only in a preview. */
    preview: v.optional(planPreviewAnswer),
  }),
  v.title('Plan'),
)

export type PlanPreviewAnswer = v.InferOutput<typeof planPreviewAnswer>
export type PlanAnswer = v.InferOutput<typeof planAnswer>

export const operation = {
  call: choosePlan,
  summary:
    'Chooses the plan: to paid at once, to free with the next month. With preview=true it only shows the consequences.',
  statuses: { 200: 'The plan chosen, or its preview.' },
  answer: planAnswer,
  problems: [409],
  example: {
    request: { plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 50000 },
    answer: { plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 50000 },
  },
} as const satisfies Operation
