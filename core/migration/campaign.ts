import type { Campaign } from '../catalog/catalog.ts'
import type { CampaignNotice } from '../journal/entry.ts'
import type { Instant } from '../time/time.ts'

/** One notice of a campaign to all teams that do not comply, and the date that it belongs to. */
export interface CampaignStep {
  readonly notice: CampaignNotice
  readonly scheduledAt: Instant
}

export type CampaignVerdict =
  | { readonly verdict: 'tell'; readonly step: CampaignStep }
  | { readonly verdict: 'wait'; readonly until: Instant }
  | { readonly verdict: 'done' }

/** All steps of a campaign with its present dates, in order: announce, each reminder before the deadline, stop. */
export function campaignSteps({ opensAt, deadlineAt, remindAt }: Campaign): readonly CampaignStep[] {
  const reminders = [...new Set(remindAt)].filter((at) => at > opensAt && at < deadlineAt)
  return [
    { notice: 'announced', scheduledAt: opensAt },
    ...reminders
      .toSorted((a, b) => a - b)
      .map((scheduledAt): CampaignStep => ({ notice: 'reminded', scheduledAt })),
    { notice: 'stopped', scheduledAt: deadlineAt },
  ]
}

export const stepId = ({ notice, scheduledAt }: CampaignStep): string => `${notice}.${scheduledAt}`

/**
 * Decides what a campaign does now, given the steps that are done. Of steps that were missed only the last is made up for, so
 * nobody gets three notices at once. A moved deadline has new dates, and so new steps.
 */
export function campaignVerdict(
  campaign: Campaign,
  done: ReadonlySet<string>,
  now: Instant,
): CampaignVerdict {
  const steps = campaignSteps(campaign)
  const due = steps.findLast((step) => step.scheduledAt <= now)
  if (due !== undefined && !done.has(stepId(due))) return { verdict: 'tell', step: due }
  const next = steps.find((step) => step.scheduledAt > now)
  return next === undefined ? { verdict: 'done' } : { verdict: 'wait', until: next.scheduledAt }
}
