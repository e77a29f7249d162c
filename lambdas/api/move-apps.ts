import type { MovedAppsAnswer } from '../../contract/move-apps.ts'
import { moveApps as call } from '../../contract/move-apps.ts'
import { record } from '../../core/journal/fold.ts'
import { refuse } from '../../core/refusal.ts'
import { problemText } from '../../core/texts/texts.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import { Busy } from '../runtime/busy.ts'
import type { Deps } from '../runtime/deps.ts'

type Moved = MovedAppsAnswer['apps'][number]

const overtakenMax = 5

/** Moves apps into the team's developer hub, one by one; each gets its own answer. */
export function moveApps(deps: Deps) {
  return route(call, async ({ params, body, language }): Promise<Outcome> => {
    const team = await deps.teams.find(params.teamId)
    if (team === undefined) return notFound
    if (team.hubName === undefined) return refuse('HUB_REQUIRED')
    const apps: Moved[] = []
    for (const appId of body.appIds) apps.push(await moveApp(deps, params.teamId, appId, language))
    return { status: 200, body: { apps } satisfies MovedAppsAnswer }
  })
}

/** An app of another team is rejected like one that does not exist. */
async function moveApp(deps: Deps, teamId: string, appId: string, language: Language): Promise<Moved> {
  for (let round = 0; round < overtakenMax; round++) {
    const app = await deps.apps.find(appId)
    if (app?.teamId !== teamId) {
      return {
        appId,
        status: 'rejected',
        problem: { code: 'UNKNOWN_APP', ...problemText('UNKNOWN_APP', language, {}) },
      }
    }
    if (app.isInHub) return { appId, status: 'already-there' }
    const outcome = await deps.operations.run(teamId, await deps.catalog.get(), (account, now) => {
      const { account: moved, entry } = record(account, now, { kind: 'app-moved', appId })
      return { account: moved, entries: [entry], answer: true, writes: deps.apps.moving(app) }
    })
    if (outcome !== 'overtaken') return { appId, status: 'moved' }
  }
  throw new Busy()
}
