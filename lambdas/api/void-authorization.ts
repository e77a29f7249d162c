import { voidAuthorization as call } from '../../contract/void-authorization.ts'
import { voidAuthorization as rule } from '../../core/commands/void-authorization.ts'
import { meterRoute } from '../http/meter-route.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { type MeterDeps, openMeterDeps } from '../runtime/meter-deps.ts'
import { loadVoid } from '../store/meter-loaders.ts'

/** Gives back what an authorization still holds. */
export function voidAuthorization(deps: MeterDeps) {
  return meterRoute(call, async ({ params }): Promise<Outcome> => {
    const { authorizationId } = params
    const found = await deps.journal.authorization(authorizationId)
    if (found === undefined) return notFound
    const { teamId, authorization } = found
    await deps.operations.run(teamId, { kind: 'void', authorizationId }, { authorization })
    return { status: 204 }
  })
}

export const handler = voidAuthorization(
  openMeterDeps({ rules: { void: rule }, loaders: { void: loadVoid } }),
)
