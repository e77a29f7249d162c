import * as v from 'valibot'
import type { Call } from './call.ts'
import { campaignParams } from './campaign.ts'
import { amount, dayText, instantText } from './figures.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/campaigns/{campaignId}/progress',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'getCampaignProgress',
} as const satisfies Route

export const getCampaignProgress = { route, params: campaignParams } as const satisfies Call

export const campaignStepAnswer = v.pipe(
  v.object({
    notice: v.picklist(['announced', 'reminded', 'stopped']),
    scheduledAt: instantText,
    status: v.picklist(['done', 'due', 'coming', 'skipped']),
    finishedAt: v.optional(instantText),
    teams: v.optional(amount),
    apps: v.optional(amount),
  }),
  v.title('CampaignStep'),
)

export const campaignSummaryAnswer = v.pipe(
  v.object({
    teams: amount,
    apps: amount,
    compliedApps: amount,
    suspendedTeams: amount,
    suspendedApps: amount,
  }),
  v.title('CampaignSummary'),
)

const openCount = { teams: amount, teamsWithoutPlan: amount, appsNotInHub: amount }
export const campaignOpenAnswer = v.pipe(v.object(openCount), v.title('CampaignOpen'))
const campaignDayAnswer = v.pipe(v.object({ day: dayText, ...openCount }), v.title('CampaignDay'))

/** The steps of a campaign with the teams that they met, and the teams and apps that do not comply, now and per day. */
const campaignProgressAnswer = v.pipe(
  v.object({
    campaignId: v.string(),
    steps: v.array(campaignStepAnswer),
    summary: campaignSummaryAnswer,
    open: campaignOpenAnswer,
    days: v.array(campaignDayAnswer),
  }),
  v.title('CampaignProgress'),
)

export type CampaignProgressAnswer = v.InferOutput<typeof campaignProgressAnswer>

export const operation = {
  call: getCampaignProgress,
  summary:
    'Shows the progress of a migration campaign: its steps, and the teams and apps that do not comply, for each of the last 400 days.',
  statuses: { 200: 'The progress.' },
  answer: campaignProgressAnswer,
  problems: [404],
} as const satisfies Operation
