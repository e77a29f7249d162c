import type { Call } from '../../contract/call.ts'
import type { Caller } from '../http/caller.ts'
import type { Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import { atOnce } from '../runtime/at-once.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { agentRoute } from './agent-route.ts'

/** The most teams, and the most apps of a team, that are shown. */
const teamsMax = 20
const appsMax = 100
const readsAtOnce = 4

const call = {
  route: agentRoute('mcpWhoAmI', { scope: 'hub:read', isPersonal: true }),
} as const satisfies Call

interface Place {
  readonly teamId: string
  readonly role: 'admin' | 'developer'
}

/** The caller's teams with their apps. An invitation that is not accepted yet gives no rights, so it is not shown. */
export function whoAmI(deps: TeamDeps) {
  return route(call, async ({ caller }): Promise<Outcome> => {
    const places = await placesOf(deps, caller)
    const teams = new Map<string, object>()
    await atOnce(places.slice(0, teamsMax), readsAtOnce, async ({ teamId, role }) => {
      const [team, apps] = await Promise.all([deps.teams.find(teamId), deps.apps.ofTeam(teamId)])
      if (team === undefined) return
      const shown = apps.slice(0, appsMax).map(({ appId, name, isInHub }) => ({ appId, name, isInHub }))
      const more = apps.length - shown.length
      teams.set(teamId, { teamId, name: team.name, role, apps: shown, ...(more > 0 && { moreApps: more }) })
    })
    return { status: 200, body: { teams: places.flatMap(({ teamId }) => teams.get(teamId) ?? []) } }
  })
}

async function placesOf(deps: TeamDeps, { email, teamId, role }: Caller): Promise<readonly Place[]> {
  if (email === undefined) return teamId === undefined ? [] : [{ teamId, role: role ?? 'developer' }]
  return (await deps.memberships.ofEmail(email)).filter(({ isInvited }) => isInvited !== true)
}
