import * as v from 'valibot'
import { actorAnswer } from './actor.ts'
import type { Call } from './call.ts'
import { campaignAnswer, campaignParams } from './campaign.ts'
import { instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/campaigns/{campaignId}',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'getCampaign',
} as const satisfies Route

export const getCampaign = { route, params: campaignParams, isTagged: true } as const satisfies Call

const campaignChangeAnswer = v.pipe(
  v.object({
    changedAt: instantText,
    actor: v.optional(actorAnswer),
    reason: v.optional(v.string()),
    /** Absent for the change that made the campaign. */
    deadlineFrom: v.optional(instantText),
    deadlineAt: instantText,
  }),
  v.title('CampaignChange'),
)

const changedCampaignAnswer = v.pipe(
  v.object({
    ...campaignAnswer.entries,
    changes: v.pipe(v.array(campaignChangeAnswer), v.description('The last 20, the newest first')),
  }),
  v.title('ChangedCampaign'),
)

export type ChangedCampaignAnswer = v.InferOutput<typeof changedCampaignAnswer>

export const operation = {
  call: getCampaign,
  summary: 'Shows a migration campaign, and who changed it last, when and why.',
  statuses: { 200: 'The campaign.' },
  answer: changedCampaignAnswer,
  problems: [404],
} as const satisfies Operation
