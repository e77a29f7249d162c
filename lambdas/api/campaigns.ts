import { getCampaign as getCall } from '../../contract/get-campaign.ts'
import { putCampaign as putCall } from '../../contract/put-campaign.ts'
import { campaignToJson } from '../http/campaign-json.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'

/** Stores a campaign. Its deadline may be moved while it runs, either way: a decision that depends on it reads it again. */
export function putCampaign(deps: Deps) {
  return route(putCall, async ({ params, body }): Promise<Outcome> => {
    const { campaigns } = await deps.catalog.read()
    const before = campaigns.find(({ campaignId }) => campaignId === params.campaignId)
    const { links = before?.links ?? [], ...dates } = body
    const campaign = { ...params, ...dates, links }
    await deps.catalog.putCampaign(campaign)
    return { status: 200, body: campaignToJson(campaign) }
  })
}

export function getCampaign(deps: Deps) {
  return route(getCall, async ({ params }): Promise<Outcome> => {
    const { campaigns } = await deps.catalog.read()
    const campaign = campaigns.find(({ campaignId }) => campaignId === params.campaignId)
    return campaign === undefined ? notFound : { status: 200, body: campaignToJson(campaign) }
  })
}
