import * as v from 'valibot'
import type { Call } from './call.ts'
import { campaignAnswer, campaignLinkKinds, campaignParams } from './campaign.ts'
import { instant, name } from './fields.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import type { Route } from './route.ts'

export const route = {
  method: 'PUT',
  path: '/v1/campaigns/{campaignId}',
  function: 'ops',
  scope: 'ops:admin',
  operationId: 'putCampaign',
} as const satisfies Route

const linksMax = 20

const link = v.pipe(
  v.strictObject({
    kind: v.picklist(campaignLinkKinds),
    title: v.pipe(v.strictObject({ en: name, ja: name }), v.title('NewCampaignLinkTitle')),
    url: v.pipe(
      v.string(),
      v.regex(/^https:\/\/[A-Za-z0-9.-]+(:[0-9]{1,5})?(\/[!-~]{0,400})?$/, sayToPeople('webhookUrl')),
    ),
    at: v.optional(instant),
  }),
  v.title('NewCampaignLink'),
)

export const putCampaign = {
  route,
  params: campaignParams,
  body: v.pipe(
    v.strictObject({
      opensAt: instant,
      deadlineAt: instant,
      remindAt: v.pipe(v.array(instant), v.maxLength(20)),
      /** Absent: the links stay as they are. */
      links: v.optional(v.pipe(v.array(link), v.maxLength(linksMax))),
    }),
    v.forward(
      v.check(({ opensAt, deadlineAt }) => opensAt < deadlineAt, sayToPeople('opensBeforeDeadline')),
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
