import { getTeam as call } from '../../contract/get-team.ts'
import { readTeam } from '../acts/read-team.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import { teamToJson } from '../http/team-json.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** Shows the team's name and profile, its suspension, and which conditions of pay-as-you-go it meets. */
export function getTeam(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params }): Promise<Outcome> => {
    const read = await readTeam(deps, params.teamId)
    return read === undefined ? notFound : { status: 200, body: teamToJson(read) }
  })
}
