import type { Campaign, Catalog } from '../catalog/catalog.ts'
import { earliest, type Instant } from '../time/time.ts'
import { type CampaignStep, campaignSteps, stepId } from './campaign.ts'
import type { StepDone } from './progress.ts'

/**
 * The effect on apps that do not comply. `stops-now`: they worked until now. `resumes`: they are refused now and work again
 * until the deadline. `stops-later`: they work until the deadline. `stays-stopped`: they are refused before and after.
 */
export const deadlineEffects = ['stops-now', 'resumes', 'stops-later', 'stays-stopped'] as const
export type DeadlineEffect = (typeof deadlineEffects)[number]

export interface CampaignPreview {
  readonly effect: DeadlineEffect
  /** The first instant of refusal now, over all campaigns; absent while there is none. */
  readonly stopsFrom?: Instant | undefined
  /** The same after the change. An earlier deadline of another campaign stays the one that counts. */
  readonly stopsAt: Instant
  /** Steps of the dates before that are neither done nor planned any more. */
  readonly dropped: readonly CampaignStep[]
}

/** Finds the consequences of a change of a campaign, if it were made now. */
export function previewCampaign(
  { campaigns }: Pick<Catalog, 'campaigns'>,
  after: Campaign,
  done: readonly StepDone[],
  now: Instant,
): CampaignPreview {
  const { campaignId } = after
  const before = campaigns.find((campaign) => campaign.campaignId === campaignId)
  const others = campaigns.filter((campaign) => campaign !== before).map(({ deadlineAt }) => deadlineAt)
  const stopsFrom = earliest(...others, before?.deadlineAt)
  const stopsAt = Math.min(...others, after.deadlineAt)
  const kept = new Set([...campaignSteps(after), ...done].map(stepId))
  const planned = before === undefined ? [] : campaignSteps(before)
  return {
    effect: effectOf(stopsFrom !== undefined && now >= stopsFrom, now >= stopsAt),
    stopsFrom,
    stopsAt,
    dropped: planned.filter((step) => step.scheduledAt > now && !kept.has(stepId(step))),
  }
}

function effectOf(isStopped: boolean, willBeStopped: boolean): DeadlineEffect {
  if (isStopped) return willBeStopped ? 'stays-stopped' : 'resumes'
  return willBeStopped ? 'stops-now' : 'stops-later'
}
