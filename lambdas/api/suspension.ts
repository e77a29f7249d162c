import { resumeTeam as resumeCall } from '../../contract/resume-team.ts'
import type { SuspensionAnswer } from '../../contract/suspend-team.ts'
import { suspendTeam as suspendCall } from '../../contract/suspend-team.ts'
import type { Resume } from '../../core/commands/resume.ts'
import type { Suspend } from '../../core/commands/suspend.ts'
import { previewAct, previewOutcome } from '../acts/preview-act.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** Stops all apps of a team until the suspension is lifted. Completed work is still recorded. */
export function suspendTeam(deps: TeamDeps) {
  return route(suspendCall, async ({ params, body: { reason }, query, language }): Promise<Outcome> => {
    const command: Suspend = { kind: 'suspend', reason }
    const body: SuspensionAnswer = { ...params, reason }
    if (query.preview) return previewOutcome(await previewAct(deps, { ...params, language }, command), body)
    const result = await deps.operations.run(params.teamId, command)
    return result === 'absent' ? notFound : { status: 200, body }
  })
}

/** Lifts a suspension; without a suspension, nothing changes. */
export function resumeTeam(deps: TeamDeps) {
  return route(resumeCall, async ({ params, query: { preview, reason }, language }): Promise<Outcome> => {
    const command: Resume = { kind: 'resume', reason }
    if (preview) return previewOutcome(await previewAct(deps, { ...params, language }, command))
    const result = await deps.operations.run(params.teamId, command)
    return result === 'absent' ? notFound : { status: 204 }
  })
}
