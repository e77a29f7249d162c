import type { HubAnswer } from '../../contract/create-hub.ts'
import { createHub as call } from '../../contract/create-hub.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** Creates the team's developer hub, or changes its name; a team has at most one. */
export function createHub(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params: { teamId }, body: { name } }): Promise<Outcome> => {
    const result = await deps.operations.run(teamId, { kind: 'name-hub', name })
    return result === 'absent' ? notFound : { status: 200, body: { teamId, name } satisfies HubAnswer }
  })
}
