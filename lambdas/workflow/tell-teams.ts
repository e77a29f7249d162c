import * as v from 'valibot'
import type { Campaign } from '../../core/catalog/catalog.ts'
import { type CampaignStep, campaignVerdict, stepId } from '../../core/migration/campaign.ts'
import { atOnce } from '../runtime/at-once.ts'
import { stopwatch } from '../runtime/clock.ts'
import type { Deps } from '../runtime/deps.ts'
import { Failures } from '../runtime/failures.ts'
import { toHandler } from '../runtime/handler.ts'
import { openDeps } from '../runtime/open-deps.ts'
import { paceOf, shardPace } from '../runtime/pace.ts'
import { ShardInput } from '../runtime/workflow-input.ts'
import { CampaignStore } from '../store/campaigns.ts'
import { OpenWorkStore } from '../store/open-work.ts'

const teamsPerPage = 50
/** Teams of a shard that may wait for another try while the others go on. */
const failedMax = 100
/** One execution holds 25,000 events: a call does as many pages as fit into this time, and so needs few of them. */
const budgetMs = 60_000

type Input = v.InferOutput<typeof ShardInput>
/** `moved`: the step is no longer the campaign's next step, because its dates were changed. */
type Verdict = 'more' | 'told' | 'moved'

/**
 * Notifies the teams of one shard that do not comply now of a step of a campaign, page by page. It goes on from the
 * progress in the table, whichever execution stored it; each page reads the campaign again. A team that fails delays no other: it
 * is tried again after the last page. Throws if it fails then, too; the shard is not done until it succeeds.
 */
export async function tellShard(deps: Deps, input: unknown): Promise<Input & { readonly verdict: Verdict }> {
  const parsed = v.parse(ShardInput, input)
  const elapsed = stopwatch()
  const turn = paceOf(shardPace.teamsPerSecond, shardPace.teamsBurst)
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
  const isLast = teamIds.length < teamsPerPage
  const earlier = before.failed ?? []
  const failures = new Failures('tell-teams')
  const { apps, failed } = await tellTeams(
    isLast ? [...teamIds, ...earlier] : teamIds,
    async (teamId) => {
      await turn()
      return tellTeam(deps, teamId, campaign, step)
    },
    failures,
  )
  const open = isLast ? failed : [...earlier, ...failed]
  // A hundred failures are not single teams: something that all of them need is out of order.
  if (open.length > failedMax) failures.throwIfAny()
  const met = apps.filter((count) => count > 0)
  const isDone = isLast && open.length === 0
  const after = {
    after: teamIds.at(-1) ?? before.after,
    isDone,
    teams: before.teams + met.length,
    apps: before.apps + met.reduce((sum, count) => sum + count, 0),
    ...(open.length > 0 && { failed: open }),
  }
  await campaigns.advance(campaignId, step, shard, { before, after })
  if (isLast) failures.throwIfAny()
  return isDone ? 'told' : 'more'
}

/** Notifies teams, many at once. Returns the number of apps of each that do not comply, and the teams that failed. */
async function tellTeams(
  teamIds: readonly string[],
  tell: (teamId: string) => Promise<number>,
  failures: Failures,
): Promise<{ readonly apps: readonly number[]; readonly failed: readonly string[] }> {
  const apps: number[] = []
  const failed: string[] = []
  await atOnce(teamIds, shardPace.teamsAtOnce, async (teamId) => {
    try {
      apps.push(await tell(teamId))
    } catch (error) {
      failures.add(teamId, error)
      failed.push(teamId)
    }
  })
  return { apps, failed }
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
