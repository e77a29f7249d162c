import { sayToPeople } from '../../contract/people-messages.ts'
import type { AppAnswer } from '../../contract/register-app.ts'
import { registerApp as call } from '../../contract/register-app.ts'
import { registerApp as register } from '../../core/migration/register-app.ts'
import { previewSetup } from '../acts/preview-act.ts'
import { badRequest, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { AppRegistration } from '../store/app-registration.ts'

/** Registers an app with its team, or changes its name. An app never changes its team. */
export function registerApp(deps: TeamDeps) {
  const registration = new AppRegistration(deps)
  return route(call, async ({ params: { appId }, body, query, language }): Promise<Outcome> => {
    const { teamId, name, reason } = body
    const unknown = badRequest({ pointer: '/teamId', message: sayToPeople('unknownTeam') })
    if ((await deps.teams.find(teamId)) === undefined) return unknown
    const asked = { appId, teamId, name }
    if (!query.preview) {
      const registered = await registration.register(asked, reason)
      return 'refused' in registered ? registered : { status: 200, body: registered satisfies AppAnswer }
    }
    const app = register(await deps.apps.read(appId), asked)
    if ('refused' in app) return app
    const shown = await previewSetup(deps, { teamId, language }, (setup) => ({
      ...setup,
      apps: [...setup.apps.filter((other) => other.appId !== appId), app],
    }))
    if (shown === 'absent') return unknown
    return 'refused' in shown ? shown : { status: 200, body: { ...app, ...shown } satisfies AppAnswer }
  })
}
