import type { Account } from '../account/account.ts'
import type { Campaign } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import { record } from '../journal/record.ts'
import type { CampaignStep } from '../migration/campaign.ts'
import { type App, complianceOf } from '../migration/compliance.ts'

/** A step of a campaign, for one team. */
export interface Notify {
  readonly kind: 'notify'
  readonly campaign: Campaign
  readonly step: CampaignStep
}

export interface NotifyContext extends Context {
  /** All apps of the team. */
  readonly apps: readonly App[]
  /** The team was notified of this step before. */
  readonly isNotified: boolean
}

export interface Notified {
  /** Apps that do not comply at this moment. */
  readonly apps: number
}

/** The most apps that a notice names; it counts all of them. */
export const namedAppsMax = 100

/** Notifies a team of a campaign's step, once, if any of its apps does not comply. */
export function notify(
  account: Account,
  { campaign, step }: Notify,
  { now, catalog, apps: all, isNotified }: NotifyContext,
): Decision<Notified> {
  const missing = all.filter((app) => complianceOf(app, account, now, catalog).missing.length > 0)
  const apps = missing.length
  if (apps === 0 || isNotified) return unchanged(account, { apps })
  const appIds = missing.slice(0, namedAppsMax).map(({ appId }) => appId)
  const { campaignId, deadlineAt } = campaign
  const body = { kind: 'campaign-notice', campaignId, ...step, deadlineAt, appIds, apps } as const
  const next = record(account, now, body)
  return { account: next.account, entries: [next.entry], answer: { apps } }
}
