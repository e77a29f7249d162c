import type { Campaign } from '../catalog/catalog.ts'
import type { Instant } from '../time/time.ts'
import { type CampaignStep, campaignSteps, campaignVerdict, stepId } from './campaign.ts'

/** A completed step of a campaign, with the teams and apps that did not comply when their turn came. */
export interface StepDone extends CampaignStep {
  readonly teams: number
  readonly apps: number
}

/** The results of a campaign. Complied: apps that its first notice met and its last one did not. */
export interface CampaignSummary {
  readonly teams: number
  readonly apps: number
  readonly compliedApps: number
  readonly suspendedTeams: number
  readonly suspendedApps: number
}

/** Sums up the steps that are done, in whatever order they are given. */
export function campaignSummary(steps: readonly StepDone[]): CampaignSummary {
  const inOrder = steps.toSorted((a, b) => a.scheduledAt - b.scheduledAt)
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

/** `skipped`: its date passed before its notices could go out, and a later step was due by then. */
export type StepStatus = 'done' | 'due' | 'coming' | 'skipped'

/** All steps of a campaign with their status, in order: the planned steps, and steps done on dates that were moved since. */
export function campaignProgress<Done extends StepDone>(
  campaign: Campaign,
  done: readonly Done[],
  now: Instant,
): readonly { readonly step: CampaignStep; readonly status: StepStatus; readonly done?: Done }[] {
  const doneById = new Map(done.map((step) => [stepId(step), step]))
  const verdict = campaignVerdict(campaign, new Set(doneById.keys()), now)
  const due = verdict.verdict === 'tell' ? stepId(verdict.step) : undefined
  const planned = campaignSteps(campaign)
  const plannedIds = new Set(planned.map(stepId))
  const all = [...planned, ...done.filter((step) => !plannedIds.has(stepId(step)))]
  const ordered = all.toSorted((a, b) => a.scheduledAt - b.scheduledAt)
  return ordered.map(({ notice, scheduledAt }) => {
    const step = { notice, scheduledAt }
    const found = doneById.get(stepId(step))
    if (found !== undefined) return { step, status: 'done', done: found }
    if (scheduledAt > now) return { step, status: 'coming' }
    return { step, status: stepId(step) === due ? 'due' : 'skipped' }
  })
}
