import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { refuse } from '../../core/refusal.ts'
import { badRequest, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { registerApp as call } from '../schema/ops.ts'
import type { AppAnswer } from '../schema/ops-answers.ts'

/** Registers an app with its team, or changes its name. An app never changes its team. */
export function registerApp(deps: Deps) {
  return route(call, async ({ params, body }): Promise<Outcome> => {
    const { appId } = params
    const [team, today] = await Promise.all([deps.teams.find(body.teamId), deps.apps.find(appId)])
    if (team === undefined) return badRequest({ pointer: '/teamId', message: 'unknownTeam' })
    if (today !== undefined && today.teamId !== body.teamId) return refuse('APP_OF_ANOTHER_TEAM')
    const app: AppAnswer = { appId, ...body, isInHub: today?.isInHub ?? false }
    if (today?.name !== body.name) {
      const TransactItems = [...deps.apps.registering(app)]
      try {
        await deps.table.client.send(new TransactWriteCommand({ TransactItems }))
      } catch (error) {
        if (error instanceof TransactionCanceledException) return refuse('APP_OF_ANOTHER_TEAM')
        throw error
      }
    }
    return { status: 200, body: app }
  })
}
