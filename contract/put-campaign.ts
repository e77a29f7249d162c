import * as v from 'valibot'
import type { Call } from './call.ts'
import { campaignAnswer, campaignParams } from './campaign.ts'
import { instant, say } from './fields.ts'
import type { Operation } from './operation.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'PUT',
  path: '/v1/campaigns/{campaignId}',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'putCampaign',
} as const satisfies Route

export const putCampaign = {
  route,
  params: campaignParams,
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

export const operation = {
  call: putCampaign,
  summary: 'Sets a migration campaign; the deadline of a running one may be moved.',
  statuses: { 200: 'The campaign.' },
  answer: campaignAnswer,
} as const satisfies Operation
