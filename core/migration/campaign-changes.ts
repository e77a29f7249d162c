import type { Campaign } from '../catalog/catalog.ts'
import type { Instant } from '../time/time.ts'

/** One change of a campaign: who made it, when and why. A reason is about the campaign and names no team. */
export interface CampaignChange {
  readonly changedAt: Instant
  /** The subject of the operator's token. */
  readonly actor?: string | undefined
  readonly reason?: string | undefined
  /** The deadline before the change; absent for a new campaign. */
  readonly deadlineFrom?: Instant | undefined
  readonly deadlineAt: Instant
}

/** A campaign with its last changes, the newest first. */
export interface ChangedCampaign {
  readonly campaign: Campaign
  readonly changes: readonly CampaignChange[]
}

/** The most changes that a campaign keeps. The oldest are dropped. */
const changesMax = 20

/** Replaces a campaign and notes the change. The same campaign again changes nothing, so a repeated request is noted once. */
export function changeCampaign(
  before: ChangedCampaign | undefined,
  campaign: Campaign,
  by: Pick<CampaignChange, 'changedAt' | 'actor' | 'reason'>,
): ChangedCampaign {
  if (before !== undefined && isSameCampaign(before.campaign, campaign)) return before
  const deadlineFrom = before?.campaign.deadlineAt
  const change = { ...by, deadlineFrom, deadlineAt: campaign.deadlineAt }
  return { campaign, changes: [change, ...(before?.changes ?? [])].slice(0, changesMax) }
}

/** True if two campaigns have the same dates and links. */
export function isSameCampaign(campaign: Campaign, other: Campaign): boolean {
  return contentOf(campaign) === contentOf(other)
}

function contentOf({ opensAt, deadlineAt, remindAt, links = [] }: Campaign): string {
  const places = links.map(({ kind, title: { en, ja }, url, at }) => [kind, en, ja, url, at])
  return JSON.stringify([opensAt, deadlineAt, remindAt, places])
}
