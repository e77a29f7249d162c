import type { Campaign } from '../../core/catalog/catalog.ts'
import { instantToJson } from '../schema/instant.ts'
import type { CampaignAnswer } from '../schema/ops-answers.ts'

export function campaignToJson({ campaignId, opensAt, deadlineAt, remindAt }: Campaign): CampaignAnswer {
  return {
    campaignId,
    opensAt: instantToJson(opensAt),
    deadlineAt: instantToJson(deadlineAt),
    remindAt: remindAt.map(instantToJson),
  }
}
