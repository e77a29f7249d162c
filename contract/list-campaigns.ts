import * as v from 'valibot'
import type { Call } from './call.ts'
import { campaignAnswer } from './campaign.ts'
import { campaignOpenAnswer, campaignStepAnswer, campaignSummaryAnswer } from './get-campaign-progress.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/campaigns',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'listCampaigns',
} as const satisfies Route

export const listCampaigns = { route } as const satisfies Call

const listedCampaignAnswer = v.pipe(
  v.object({
    ...campaignAnswer.entries,
    steps: v.array(campaignStepAnswer),
    summary: campaignSummaryAnswer,
  }),
  v.title('ListedCampaign'),
)

/** `open` is counted now, over all campaigns. */
const campaignsAnswer = v.pipe(
  v.object({ campaigns: v.array(listedCampaignAnswer), open: campaignOpenAnswer }),
  v.title('Campaigns'),
)

export type CampaignsAnswer = v.InferOutput<typeof campaignsAnswer>

export const operation = {
  call: listCampaigns,
  summary:
    'Lists the migration campaigns with their steps, the 100 that open last first, and the teams and apps that do not comply now.',
  statuses: { 200: 'The campaigns.' },
  answer: campaignsAnswer,
} as const satisfies Operation
