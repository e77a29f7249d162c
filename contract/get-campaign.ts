import type { Call } from './call.ts'
import { campaignAnswer, campaignParams } from './campaign.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'GET',
  path: '/v1/campaigns/{campaignId}',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'getCampaign',
} as const satisfies Route

export const getCampaign = { route, params: campaignParams } as const satisfies Call

export const operation = {
  call: getCampaign,
  summary: 'Shows a migration campaign.',
  statuses: { 200: 'The campaign.' },
  answer: campaignAnswer,
  problems: [404],
} as const satisfies Operation
