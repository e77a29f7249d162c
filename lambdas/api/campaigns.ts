import type { Campaign } from '../../core/catalog/catalog.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { instantToJson } from '../schema/instant.ts'
import { getCampaign as getCall, putCampaign as putCall } from '../schema/ops.ts'
import type { CampaignAnswer } from '../schema/ops-answers.ts'

/** Stores a campaign. Its deadline may be moved while it runs, either way: whoever compares with it reads it anew. */
export function putCampaign(deps: Deps) {
  return route(putCall, async ({ params, body }): Promise<Outcome> => {
    const campaign = { ...params, ...body }
    await deps.catalog.putCampaign(campaign)
    return { status: 200, body: toJson(campaign) }
  })
}

export function getCampaign(deps: Deps) {
  return route(getCall, async ({ params }): Promise<Outcome> => {
    const { campaigns } = await deps.catalog.read()
    const campaign = campaigns.find(({ campaignId }) => campaignId === params.campaignId)
    return campaign === undefined ? notFound : { status: 200, body: toJson(campaign) }
  })
}

function toJson({ campaignId, opensAt, deadlineAt, remindAt }: Campaign): CampaignAnswer {
  return {
    campaignId,
    opensAt: instantToJson(opensAt),
    deadlineAt: instantToJson(deadlineAt),
    remindAt: remindAt.map(instantToJson),
  }
}
