import type { TeamDetailsAnswer } from '../../contract/get-team.ts'
import { getTeam as call } from '../../contract/get-team.ts'
import { conditionsOf } from '../../core/funding/pay-as-you-go.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** Shows the team's name and profile, its suspension, and which conditions of pay-as-you-go it meets. */
export function getTeam(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params }): Promise<Outcome> => {
    const { teamId } = params
    const [account, team, catalog] = await Promise.all([
      deps.operations.load(teamId),
      deps.teams.find(teamId),
      deps.catalog.get(),
    ])
    if (account === undefined || team === undefined) return notFound
    const { suspendedBecause: reason } = account
    const conditions = conditionsOf(account.profile, deps.clock.now(), catalog)
    const body: TeamDetailsAnswer = {
      teamId,
      name: team.name,
      ...account.profile,
      ...(team.hubName !== undefined && { hub: { name: team.hubName } }),
      ...(reason !== undefined && { suspension: { reason } }),
      payAsYouGo: { eligible: conditions.every(({ met }) => met), conditions: [...conditions] },
    }
    return { status: 200, body }
  })
}
