import type { CampaignAnswer } from '../../contract/campaign.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { Campaign } from '../../core/catalog/catalog.ts'

export function campaignToJson({ campaignId, opensAt, deadlineAt, remindAt }: Campaign): CampaignAnswer {
  return {
    campaignId,
    opensAt: instantToJson(opensAt),
    deadlineAt: instantToJson(deadlineAt),
    remindAt: remindAt.map(instantToJson),
  }
}
