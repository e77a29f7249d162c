import type { CampaignAnswer } from '../../contract/campaign.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { Campaign, CampaignLink } from '../../core/catalog/catalog.ts'

export function campaignToJson(campaign: Campaign): CampaignAnswer {
  const { campaignId, opensAt, deadlineAt, remindAt, links = [] } = campaign
  return {
    campaignId,
    opensAt: instantToJson(opensAt),
    deadlineAt: instantToJson(deadlineAt),
    remindAt: remindAt.map(instantToJson),
    links: links.map(linkToJson),
  }
}

function linkToJson({ at, ...link }: CampaignLink): CampaignAnswer['links'][number] {
  return at === undefined ? link : { ...link, at: instantToJson(at) }
}
