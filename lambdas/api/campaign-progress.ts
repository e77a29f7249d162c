import type { CampaignProgressAnswer } from '../../contract/get-campaign-progress.ts'
import { getCampaignProgress as call } from '../../contract/get-campaign-progress.ts'
import { campaignSummary } from '../../core/migration/progress.ts'
import { campaignStepsToJson } from '../http/campaign-steps-json.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { CampaignStore } from '../store/campaigns.ts'
import { OpenWorkStore } from '../store/open-work.ts'

/** Shows a campaign's steps, the teams that they notified, and the work still open, counted now over all campaigns. */
export function getCampaignProgress(deps: Deps) {
  const campaigns = new CampaignStore(deps.table)
  const openWork = new OpenWorkStore(deps.table)
  return route(call, async ({ params: { campaignId } }): Promise<Outcome> => {
    const catalog = await deps.catalog.read()
    const campaign = catalog.campaigns.find((other) => other.campaignId === campaignId)
    if (campaign === undefined) return notFound
    const [done, days, open] = await Promise.all([
      campaigns.steps(campaignId),
      campaigns.days(campaignId),
      openWork.count(),
    ])
    const body: CampaignProgressAnswer = {
      campaignId,
      steps: campaignStepsToJson(campaign, done, deps.clock.now()),
      summary: campaignSummary(done),
      open,
      days: [...days],
    }
    return { status: 200, body }
  })
}
