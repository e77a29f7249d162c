import type { MovedAppsAnswer } from '../../contract/move-apps.ts'
import { moveApps as call } from '../../contract/move-apps.ts'
import { refuse } from '../../core/refusal.ts'
import { problemText } from '../../core/texts/meter-texts.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

type Moved = MovedAppsAnswer['apps'][number]

/** Moves apps into the team's developer hub, one by one; each gets its own answer. */
export function moveApps(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params: { teamId }, body, language }): Promise<Outcome> => {
    const team = await deps.teams.find(teamId)
    if (team === undefined) return notFound
    const hasHub = team.hubName !== undefined
    const apps: Moved[] = []
    for (const appId of body.appIds) {
      const result = await deps.operations.run(teamId, { kind: 'move-app', appId }, { hasHub })
      if (result === 'absent') return notFound
      if (!('refused' in result)) apps.push({ appId, status: result.answer })
      else if (result.code === 'UNKNOWN_APP') apps.push(toRejection(appId, language))
      else return refuse(result.code)
    }
    return { status: 200, body: { apps } satisfies MovedAppsAnswer }
  })
}

function toRejection(appId: string, language: Language): Moved {
  const problem = { code: 'UNKNOWN_APP' as const, ...problemText('UNKNOWN_APP', language, {}) }
  return { appId, status: 'rejected', problem }
}
