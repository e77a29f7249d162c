import { resumeTeam as resumeCall, suspendTeam as suspendCall } from '../../contract/ops.ts'
import type { SuspensionAnswer } from '../../contract/ops-answers.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'

/** Stops all apps of a team until it is lifted. Work that is done is still recorded. */
export function suspendTeam(deps: Deps) {
  return route(suspendCall, async ({ params, body: { reason } }): Promise<Outcome> => {
    const result = await deps.operations.run(params.teamId, { kind: 'suspend', reason })
    const body: SuspensionAnswer = { ...params, reason }
    return result === 'absent' ? notFound : { status: 200, body }
  })
}

/** Lifts a suspension; lifting none changes nothing. */
export function resumeTeam(deps: Deps) {
  return route(resumeCall, async ({ params }): Promise<Outcome> => {
    const result = await deps.operations.run(params.teamId, { kind: 'resume' })
    return result === 'absent' ? notFound : { status: 204 }
  })
}
