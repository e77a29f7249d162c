import * as v from 'valibot'
import { id } from './fields.ts'
import { instantText } from './figures.ts'

export const campaignParams = v.strictObject({ campaignId: id })

export const campaignAnswer = v.pipe(
  v.object({
    campaignId: v.string(),
    opensAt: instantText,
    deadlineAt: instantText,
    remindAt: v.array(instantText),
  }),
  v.title('Campaign'),
)

export type CampaignAnswer = v.InferOutput<typeof campaignAnswer>
