import { captureAuthorization as call } from '../../contract/capture-authorization.ts'
import { capture } from '../../core/commands/capture.ts'
import { captureToJson } from '../http/authorization-json.ts'
import { meterRoute } from '../http/meter-route.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import type { MeterDeps } from '../runtime/meter-deps.ts'
import { loadCapture } from '../store/meter-loaders.ts'

/** The commands of the function that serves this call. */
export const captureCommands = { rules: { capture }, loaders: { capture: loadCapture } }

/** Records what an authorization has used so far, all captures together, and charges the new part. */
export function captureAuthorization(deps: MeterDeps) {
  return meterRoute(call, async ({ params, body, language }): Promise<Outcome> => {
    const { authorizationId } = params
    const found = await deps.journal.authorization(authorizationId)
    if (found === undefined) return notFound
    const { teamId, authorization } = found
    const command = { kind: 'capture', authorizationId, used: body.used, isFinal: body.final } as const
    const result = await deps.operations.run(teamId, command, { authorization })
    if (result === 'absent' || 'refused' in result) throw new Error('a capture is never refused')
    return { status: 200, body: captureToJson(result.answer, teamId, language) }
  })
}
