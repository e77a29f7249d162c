import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { AppAnswer } from '../../contract/register-app.ts'
import { registerApp as call } from '../../contract/register-app.ts'
import type { App } from '../../core/migration/compliance.ts'
import { refuse } from '../../core/refusal.ts'
import { badRequest, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import { Busy } from '../runtime/busy.ts'
import type { Deps } from '../runtime/deps.ts'

const overtakenMax = 5

/** Registers an app with its team, or changes its name. An app never changes its team. */
export function registerApp(deps: Deps) {
  return route(call, async ({ params, body }): Promise<Outcome> => {
    const { appId } = params
    const team = await deps.teams.find(body.teamId)
    if (team === undefined) return badRequest({ pointer: '/teamId', message: 'unknownTeam' })
    for (let round = 0; round < overtakenMax; round++) {
      const today = await deps.apps.find(appId)
      if (today !== undefined && today.teamId !== body.teamId) return refuse('APP_OF_ANOTHER_TEAM')
      const app: AppAnswer = { appId, ...body, isInHub: today?.isInHub ?? false }
      if (today?.name === body.name || (await register(deps, app))) return { status: 200, body: app }
    }
    throw new Busy()
  })
}

/** Answers whether it was written: not when somebody else registered or moved the app since it was read. */
async function register({ table, apps }: Deps, app: App): Promise<boolean> {
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems: [...apps.registering(app)] }))
    return true
  } catch (error) {
    if (error instanceof TransactionCanceledException) return false
    throw error
  }
}
