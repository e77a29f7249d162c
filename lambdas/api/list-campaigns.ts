import { type CampaignsAnswer, listCampaigns as call } from '../../contract/list-campaigns.ts'
import { campaignSummary } from '../../core/migration/progress.ts'
import { campaignToJson } from '../http/campaign-json.ts'
import { campaignStepsToJson } from '../http/campaign-steps-json.ts'
import type { Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { CampaignStore } from '../store/campaigns.ts'
import { OpenWorkStore } from '../store/open-work.ts'

/** Far more campaigns than there will be; their steps stay far below 6 MB. */
const campaignsMax = 100

/** Lists the campaigns, the one that opens last first, with their steps and the work still open, counted now. */
export function listCampaigns(deps: Deps) {
  const store = new CampaignStore(deps.table)
  const openWork = new OpenWorkStore(deps.table)
  return route(call, async (): Promise<Outcome> => {
    const [catalog, open] = await Promise.all([deps.catalog.read(), openWork.count()])
    const newest = catalog.campaigns
      .toSorted((a, b) => b.opensAt - a.opensAt || (a.campaignId < b.campaignId ? -1 : 1))
      .slice(0, campaignsMax)
    const now = deps.clock.now()
    const campaigns = await Promise.all(
      newest.map(async (campaign) => {
        const finished = await store.steps(campaign.campaignId)
        const steps = campaignStepsToJson(campaign, finished, now)
        return { ...campaignToJson(campaign), steps, summary: campaignSummary(finished) }
      }),
    )
    return { status: 200, body: { campaigns, open } satisfies CampaignsAnswer }
  })
}
