import type { CampaignStep } from './campaign.ts'

/** A step of a campaign that is done, and whom it met: teams and apps that did not comply when their turn came. */
export interface StepDone extends CampaignStep {
  readonly teams: number
  readonly apps: number
}

/** What a campaign has come to. Complied: apps that its first notice met and its last one did not. */
export interface CampaignSummary {
  readonly teams: number
  readonly apps: number
  readonly compliedApps: number
  readonly suspendedTeams: number
  readonly suspendedApps: number
}

/** Sums up the steps that are done, in whatever order they are given. */
export function campaignSummary(steps: readonly StepDone[]): CampaignSummary {
  const inOrder = steps.toSorted((a, b) => a.of - b.of)
  const [first] = inOrder
  const stopped = inOrder.findLast((step) => step.notice === 'stopped')
  const last = stopped ?? inOrder.at(-1)
  return {
    teams: first?.teams ?? 0,
    apps: first?.apps ?? 0,
    compliedApps: Math.max(0, (first?.apps ?? 0) - (last?.apps ?? 0)),
    suspendedTeams: stopped?.teams ?? 0,
    suspendedApps: stopped?.apps ?? 0,
  }
}
