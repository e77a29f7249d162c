import { resumeTeam as resumeCall } from '../../contract/resume-team.ts'
import type { SuspensionAnswer } from '../../contract/suspend-team.ts'
import { suspendTeam as suspendCall } from '../../contract/suspend-team.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'

/** Stops all apps of a team until the suspension is lifted. Completed work is still recorded. */
export function suspendTeam(deps: Deps) {
  return route(suspendCall, async ({ params, body: { reason } }): Promise<Outcome> => {
    const result = await deps.operations.run(params.teamId, { kind: 'suspend', reason })
    const body: SuspensionAnswer = { ...params, reason }
    return result === 'absent' ? notFound : { status: 200, body }
  })
}

/** Lifts a suspension; without a suspension, nothing changes. */
export function resumeTeam(deps: Deps) {
  return route(resumeCall, async ({ params }): Promise<Outcome> => {
    const result = await deps.operations.run(params.teamId, { kind: 'resume' })
    return result === 'absent' ? notFound : { status: 204 }
  })
}
