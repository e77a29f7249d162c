import { sayToPeople } from '../../contract/people-messages.ts'
import type { AppAnswer } from '../../contract/register-app.ts'
import { registerApp as call } from '../../contract/register-app.ts'
import { badRequest, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'

/** Registers an app with its team, or changes its name. An app never changes its team. */
export function registerApp({ teams, apps }: Deps) {
  return route(call, async ({ params: { appId }, body }): Promise<Outcome> => {
    const { teamId, name } = body
    if ((await teams.find(teamId)) === undefined)
      return badRequest({ pointer: '/teamId', message: sayToPeople('unknownTeam') })
    const registered = await apps.register({ appId, teamId, name })
    return 'refused' in registered ? registered : { status: 200, body: registered satisfies AppAnswer }
  })
}
