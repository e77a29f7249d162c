import type { HubAnswer } from '../../contract/create-hub.ts'
import { createHub as call } from '../../contract/create-hub.ts'
import { record } from '../../core/journal/fold.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'

/** Creates the team's developer hub, or changes its name; a team has at most one. */
export function createHub(deps: Deps) {
  return route(call, async ({ params, body }): Promise<Outcome> => {
    const { teamId } = params
    const team = await deps.teams.find(teamId)
    if (team === undefined) return notFound
    const answer: HubAnswer = { teamId, name: body.name }
    if (team.hubName === body.name) return { status: 200, body: answer }
    const outcome = await deps.operations.run(teamId, await deps.catalog.get(), (account, now) => {
      const { account: named, entry } = record(account, now, { kind: 'hub-named', name: body.name })
      const writes = [deps.teams.naming(teamId, 'hubName', body.name)]
      return { account: named, entries: [entry], answer, writes }
    })
    // Overtaken: the hub has this name by now, from this very request or from another.
    return outcome === 'absent' ? notFound : { status: 200, body: answer }
  })
}
