import type { TeamDetailsAnswer } from '../../contract/get-team.ts'
import type { Account } from '../../core/account/account.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import { conditionsOf } from '../../core/funding/pay-as-you-go.ts'
import type { Instant } from '../../core/time/time.ts'
import type { TeamProfile } from '../store/teams.ts'
import { subscriptionToJson } from './subscription-json.ts'

export interface TeamRead {
  readonly account: Account
  readonly team: TeamProfile
  readonly catalog: Catalog
  readonly now: Instant
}

/** A team as its page reads it. The tag of this answer is what a change of the team expects in `If-Match`. */
export function teamToJson({ account, team, catalog, now }: TeamRead): TeamDetailsAnswer {
  const { suspendedBecause: reason } = account
  const conditions = conditionsOf(account.profile, now, catalog)
  return {
    teamId: team.teamId,
    name: team.name,
    ...account.profile,
    ...(team.hubName !== undefined && { hub: { name: team.hubName } }),
    ...(reason !== undefined && { suspension: { reason } }),
    subscriptions: account.subscriptions.map(subscriptionToJson),
    payAsYouGo: { eligible: conditions.every(({ met }) => met), conditions: [...conditions] },
  }
}
