import * as v from 'valibot'
import type { Deps } from '../runtime/deps.ts'
import { toHandler } from '../runtime/handler.ts'
import { metrics } from '../runtime/metrics.ts'
import { openDeps } from '../runtime/open-deps.ts'
import { StepInput } from '../runtime/workflow-input.ts'
import { CampaignStore } from '../store/campaigns.ts'
import { openShards } from '../store/keys.ts'

/** Marks a step as done, with its counts, when all its shards are done. A step whose dates were moved stays as it is. */
export async function finishStep(
  deps: Deps,
  input: unknown,
): Promise<{ readonly campaignId: string; readonly verdict: 'finished' | 'unfinished' }> {
  const { campaignId, step } = v.parse(StepInput, input)
  const campaigns = new CampaignStore(deps.table)
  const shards = await campaigns.shards(campaignId, step)
  const done = shards.filter((shard) => shard.isDone)
  if (done.length < openShards) return { campaignId, verdict: 'unfinished' }
  const teams = done.reduce((sum, shard) => sum + shard.teams, 0)
  const apps = done.reduce((sum, shard) => sum + shard.apps, 0)
  await campaigns.finish(campaignId, { ...step, teams, apps, finishedAt: deps.clock.now() })
  metrics.add('CampaignStepsFinished')
  return { campaignId, verdict: 'finished' }
}

const deps = openDeps()

export const handler = toHandler('finish-step', (input: unknown) => finishStep(deps, input))
