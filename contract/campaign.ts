import * as v from 'valibot'
import { id } from './fields.ts'
import { instantText } from './figures.ts'

export const campaignParams = v.strictObject({ campaignId: id })

/** The kinds of places that a campaign leads to. */
export const campaignLinkKinds = ['help', 'event', 'contact'] as const

const campaignLinkAnswer = v.pipe(
  v.object({
    kind: v.picklist(campaignLinkKinds),
    title: v.pipe(v.object({ en: v.string(), ja: v.string() }), v.title('CampaignLinkTitle')),
    url: v.string(),
    /** Begin of an event. */
    at: v.optional(instantText),
  }),
  v.title('CampaignLink'),
)

export const campaignAnswer = v.pipe(
  v.object({
    campaignId: v.string(),
    opensAt: instantText,
    deadlineAt: instantText,
    remindAt: v.array(instantText),
    /** Help, events and contacts of the campaign, in the order shown. */
    links: v.array(campaignLinkAnswer),
  }),
  v.title('Campaign'),
)

export type CampaignAnswer = v.InferOutput<typeof campaignAnswer>
