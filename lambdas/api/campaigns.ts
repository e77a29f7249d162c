import { type ChangedCampaignAnswer, getCampaign as getCall } from '../../contract/get-campaign.ts'
import { instantToJson } from '../../contract/instant.ts'
import { type CampaignPreviewAnswer, putCampaign as putCall } from '../../contract/put-campaign.ts'
import type { Campaign } from '../../core/catalog/catalog.ts'
import {
  type CampaignChange,
  type ChangedCampaign,
  changeCampaign,
  isSameCampaign,
} from '../../core/migration/campaign-changes.ts'
import { previewCampaign } from '../../core/migration/campaign-preview.ts'
import { campaignToJson } from '../http/campaign-json.ts'
import { campaignStepsToJson } from '../http/campaign-steps-json.ts'
import { etagOf, isExpected } from '../http/etag.ts'
import { notFound, type Outcome, preconditionFailed } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { currentActor } from '../runtime/invocation.ts'
import { CampaignChangeStore } from '../store/campaign-changes.ts'
import { CampaignStore } from '../store/campaigns.ts'
import { OpenWorkStore } from '../store/open-work.ts'

/**
 * Stores a campaign, or previews that. Its deadline may be moved while it runs, either way: a decision that depends on it
 * reads it again.
 */
export function putCampaign(deps: Deps) {
  const store = new CampaignChangeStore(deps.table)
  return route(putCall, async ({ params, query, body, headers }): Promise<Outcome> => {
    // A fresh table is loaded with the launch's own campaign first.
    await deps.catalog.read()
    const { reason, ...sent } = body
    const by = { changedAt: deps.clock.now(), actor: currentActor()?.subject, reason }
    const ifMatch = headers['if-match']
    let isStale = false
    let campaign: Campaign = { ...params, ...sent }
    await store.change(params.campaignId, (before) => {
      campaign = { ...params, ...sent, links: sent.links ?? before?.campaign.links ?? [] }
      isStale = isOutdated(ifMatch, before, campaign)
      return isStale || query.preview ? before : changeCampaign(before, campaign, by)
    })
    if (isStale) return preconditionFailed
    const preview = query.preview ? await previewOf(deps, campaign) : undefined
    await deps.catalog.read()
    return { status: 200, body: { ...campaignToJson(campaign), ...(preview && { preview }) } }
  })
}

export function getCampaign(deps: Deps) {
  const store = new CampaignChangeStore(deps.table)
  return route(getCall, async ({ params }): Promise<Outcome> => {
    await deps.catalog.read()
    const found = await store.load(params.campaignId)
    return found === undefined ? notFound : { status: 200, body: toJson(found) }
  })
}

/** True if somebody has changed the campaign since the caller read it, unless it is already as the caller wants it. */
function isOutdated(
  ifMatch: string | undefined,
  before: ChangedCampaign | undefined,
  campaign: Campaign,
): boolean {
  if (before === undefined) return ifMatch !== undefined
  return !isSameCampaign(before.campaign, campaign) && !isExpected(ifMatch, etagOf(toJson(before)))
}

async function previewOf(deps: Deps, campaign: Campaign): Promise<CampaignPreviewAnswer> {
  const now = deps.clock.now()
  const [catalog, done, open] = await Promise.all([
    deps.catalog.read(),
    new CampaignStore(deps.table).steps(campaign.campaignId),
    new OpenWorkStore(deps.table).count(),
  ])
  const { effect, stopsFrom, stopsAt, dropped } = previewCampaign(catalog, campaign, done, now)
  return {
    effect,
    ...(stopsFrom !== undefined && { stopsFrom: instantToJson(stopsFrom) }),
    stopsAt: instantToJson(stopsAt),
    open,
    steps: campaignStepsToJson(campaign, done, now),
    dropped: dropped.map(({ notice, scheduledAt }) => ({ notice, scheduledAt: instantToJson(scheduledAt) })),
  }
}

function toJson({ campaign, changes }: ChangedCampaign): ChangedCampaignAnswer {
  return { ...campaignToJson(campaign), changes: changes.map(changeToJson) }
}

function changeToJson({
  changedAt,
  actor,
  reason,
  deadlineFrom,
  deadlineAt,
}: CampaignChange): ChangedCampaignAnswer['changes'][number] {
  return {
    changedAt: instantToJson(changedAt),
    ...(actor !== undefined && { actor: { subject: actor } }),
    ...(reason !== undefined && { reason }),
    ...(deadlineFrom !== undefined && { deadlineFrom: instantToJson(deadlineFrom) }),
    deadlineAt: instantToJson(deadlineAt),
  }
}
