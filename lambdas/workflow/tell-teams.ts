import * as v from 'valibot'
import type { Campaign } from '../../core/catalog/catalog.ts'
import { type CampaignStep, campaignVerdict, stepId } from '../../core/migration/campaign.ts'
import { stopwatch } from '../runtime/clock.ts'
import type { Deps } from '../runtime/deps.ts'
import { toHandler } from '../runtime/handler.ts'
import { inParallel } from '../runtime/in-parallel.ts'
import { openDeps } from '../runtime/open-deps.ts'
import { paceOf } from '../runtime/pace.ts'
import { ShardInput } from '../runtime/workflow-input.ts'
import { CampaignStore } from '../store/campaigns.ts'
import { OpenWorkStore } from '../store/open-work.ts'

const teamsPerPage = 50
/** Bounds of one shard. `bench/campaign-cost.ts` computes with them. */
export const tellBounds = {
  /** Teams that are notified at once: a team that is busy for seconds holds up one of these places. */
  teamsAtOnce: 16,
  /** As fast as the sweep, so that a fresh table has write units left for customers. */
  teamsPerSecond: 14,
  teamsBurst: 32,
} as const
/** One execution holds 25,000 events: a call does as many pages as fit into this time, and so needs few of them. */
const budgetMs = 60_000

type Input = v.InferOutput<typeof ShardInput>
/** `moved`: the step is no longer the campaign's next step, because its dates were changed. */
type Verdict = 'more' | 'told' | 'moved'

/**
 * Notifies the teams of one shard that do not comply now of a step of a campaign, page by page. It goes on from the
 * progress in the table, whichever execution stored it; each page reads the campaign again.
 */
export async function tellShard(deps: Deps, input: unknown): Promise<Input & { readonly verdict: Verdict }> {
  const parsed = v.parse(ShardInput, input)
  const elapsed = stopwatch()
  const turn = paceOf(tellBounds.teamsPerSecond, tellBounds.teamsBurst)
  for (;;) {
    const verdict = await tellPage(deps, parsed, turn)
    if (verdict !== 'more' || elapsed() > budgetMs) return { ...parsed, verdict }
  }
}

async function tellPage(
  deps: Deps,
  { campaignId, step, shard }: Input,
  turn: () => Promise<void>,
): Promise<Verdict> {
  const campaigns = new CampaignStore(deps.table)
  const openWork = new OpenWorkStore(deps.table)
  const [catalog, done, before] = await Promise.all([
    deps.catalog.read(),
    campaigns.steps(campaignId),
    campaigns.shard(campaignId, step, shard),
  ])
  if (before.isDone) return 'told'
  const campaign = catalog.campaigns.find((other) => other.campaignId === campaignId)
  if (campaign === undefined) return 'moved'
  const plan = campaignVerdict(campaign, new Set(done.map(stepId)), deps.clock.now())
  if (plan.verdict !== 'tell' || stepId(plan.step) !== stepId(step)) return 'moved'
  const teamIds = await openWork.teams(shard, before.after, teamsPerPage)
  const apps: number[] = []
  await inParallel(teamIds, tellBounds.teamsAtOnce, async (teamId) => {
    await turn()
    apps.push(await tellTeam(deps, teamId, campaign, step))
  })
  const met = apps.filter((count) => count > 0)
  const isDone = teamIds.length < teamsPerPage
  const after = {
    after: teamIds.at(-1) ?? before.after,
    isDone,
    teams: before.teams + met.length,
    apps: before.apps + met.reduce((sum, count) => sum + count, 0),
  }
  await campaigns.advance(campaignId, step, shard, { before, after })
  return isDone ? 'told' : 'more'
}

/** Number of the team's apps that do not comply. */
async function tellTeam(
  { operations }: Deps,
  teamId: string,
  campaign: Campaign,
  step: CampaignStep,
): Promise<number> {
  const result = await operations.run(teamId, { kind: 'notify', campaign, step })
  return result === 'absent' || 'refused' in result ? 0 : result.answer.apps
}

const deps = openDeps()

export const handler = toHandler('tell-teams', (input: unknown) => tellShard(deps, input))
