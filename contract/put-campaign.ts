import * as v from 'valibot'
import { deadlineEffects } from '../core/migration/campaign-preview.ts'
import type { Call } from './call.ts'
import { campaignAnswer, campaignLinkKinds, campaignParams } from './campaign.ts'
import { instant, name, reason } from './fields.ts'
import { instantText } from './figures.ts'
import { campaignOpenAnswer, campaignStepAnswer } from './get-campaign-progress.ts'
import type { Operation } from './operation.ts'
import { sayToPeople } from './people-messages.ts'
import { previewQuery } from './plan.ts'
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
  query: previewQuery,
  body: v.pipe(
    v.strictObject({
      opensAt: instant,
      deadlineAt: instant,
      remindAt: v.pipe(v.array(instant), v.maxLength(20)),
      /** Absent: the links stay as they are. */
      links: v.optional(v.pipe(v.array(link), v.maxLength(linksMax))),
      /** For other operators, next to the change. */
      reason: v.optional(reason),
    }),
    v.forward(
      v.check(({ opensAt, deadlineAt }) => opensAt < deadlineAt, sayToPeople('opensBeforeDeadline')),
      ['deadlineAt'],
    ),
  ),
} as const satisfies Call

const campaignPreviewAnswer = v.pipe(
  v.object({
    effect: v.pipe(v.picklist(deadlineEffects), v.description('On the apps that do not comply')),
    stopsFrom: v.optional(
      v.pipe(
        instantText,
        v.description('The first instant of refusal before the change, over all campaigns'),
      ),
    ),
    stopsAt: v.pipe(instantText, v.description('The first instant of refusal after the change')),
    open: campaignOpenAnswer,
    steps: v.array(campaignStepAnswer),
    dropped: v.pipe(
      v.array(
        v.pipe(
          v.object({ notice: campaignStepAnswer.entries.notice, scheduledAt: instantText }),
          v.title('DroppedStep'),
        ),
      ),
      v.description('Steps that would not take place any more'),
    ),
  }),
  v.title('CampaignPreview'),
)

const putCampaignAnswer = v.pipe(
  v.object({
    ...campaignAnswer.entries,
    /** Only in a preview. */
    preview: v.optional(campaignPreviewAnswer),
  }),
  v.title('PutCampaign'),
)

export type CampaignPreviewAnswer = v.InferOutput<typeof campaignPreviewAnswer>

export const operation = {
  call: putCampaign,
  summary:
    'Sets a migration campaign; the deadline of a running one may be moved. With preview=true it only shows who would stop or go on.',
  statuses: { 200: 'The campaign, or the preview of the change.' },
  answer: putCampaignAnswer,
  problems: [412],
} as const satisfies Operation
