import * as v from 'valibot'
import { type CampaignStep, campaignVerdict, stepId } from '../../core/migration/campaign.ts'
import { type CampaignSummary, campaignSummary } from '../../core/migration/progress.ts'
import type { Deps } from '../runtime/deps.ts'
import { toHandler } from '../runtime/handler.ts'
import { openDeps } from '../runtime/open-deps.ts'
import { CampaignInput, type Wait, waitUntil } from '../runtime/workflow-input.ts'
import { CampaignStore } from '../store/campaigns.ts'
import { openShards } from '../store/keys.ts'

interface ShardTask {
  readonly campaignId: string
  readonly step: CampaignStep
  readonly shard: number
}

type Plan = { readonly campaignId: string } & (
  | { readonly verdict: 'tell'; readonly step: CampaignStep; readonly shards: readonly ShardTask[] }
  | Wait
  | { readonly verdict: 'done'; readonly summary: CampaignSummary }
)

/** Returns a campaign's next step, from its current dates and progress: both may have changed. */
export async function planCampaign(deps: Deps, input: unknown): Promise<Plan> {
  const { campaignId } = v.parse(CampaignInput, input)
  const campaigns = new CampaignStore(deps.table)
  const [catalog, done] = await Promise.all([deps.catalog.read(), campaigns.steps(campaignId)])
  const campaign = catalog.campaigns.find((other) => other.campaignId === campaignId)
  if (campaign === undefined) return { campaignId, verdict: 'done', summary: campaignSummary(done) }
  const now = deps.clock.now()
  const plan = campaignVerdict(campaign, new Set(done.map(stepId)), now)
  if (plan.verdict === 'done') return { campaignId, verdict: 'done', summary: campaignSummary(done) }
  if (plan.verdict === 'wait') return { campaignId, ...waitUntil(plan.until, now) }
  const { step } = plan
  const shards = Array.from({ length: openShards }, (_, shard) => ({ campaignId, step, shard }))
  return { campaignId, verdict: 'tell', step, shards }
}

const deps = openDeps()

export const handler = toHandler('plan-campaign', (input: unknown) => planCampaign(deps, input))
