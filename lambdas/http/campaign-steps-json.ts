import type { CampaignProgressAnswer } from '../../contract/get-campaign-progress.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { Campaign } from '../../core/catalog/catalog.ts'
import { campaignProgress } from '../../core/migration/progress.ts'
import type { Instant } from '../../core/time/time.ts'
import type { FinishedStep } from '../store/campaigns.ts'

/** All steps of a campaign, in order, with the teams and apps that finished ones met. */
export function campaignStepsToJson(
  campaign: Campaign,
  finished: readonly FinishedStep[],
  now: Instant,
): CampaignProgressAnswer['steps'] {
  return campaignProgress(campaign, finished, now).map(({ step, status, done }) => ({
    notice: step.notice,
    scheduledAt: instantToJson(step.scheduledAt),
    status,
    ...(done !== undefined && {
      finishedAt: instantToJson(done.finishedAt),
      teams: done.teams,
      apps: done.apps,
    }),
  }))
}
