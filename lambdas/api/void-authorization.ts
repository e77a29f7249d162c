import { voidAuthorization as call } from '../../contract/void-authorization.ts'
import { voidAuthorization as giveBack } from '../../core/commands/capture.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import { type Deps, openDeps } from '../runtime/deps.ts'

/** Gives back what an authorization still holds. */
export function voidAuthorization(deps: Deps) {
  return route(call, async ({ params }): Promise<Outcome> => {
    const { authorizationId } = params
    const found = await deps.journal.authorization(authorizationId)
    if (found === undefined) return notFound
    const catalog = await deps.catalog.get()
    await deps.operations.run(found.teamId, catalog, async (account, now, known) => {
      const latest = known.size > 0 ? ((await deps.journal.authorization(authorizationId)) ?? found) : found
      const { account: after, entry } = giveBack(account, latest.authorization, now)
      return { account: after, entries: entry === undefined ? [] : [entry], answer: undefined }
    })
    return { status: 204 }
  })
}

export const handler = voidAuthorization(openDeps())
