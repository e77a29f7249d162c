import type { AdjustmentAnswer } from '../../contract/adjust-team.ts'
import { adjustTeam as call } from '../../contract/adjust-team.ts'
import type { Adjust } from '../../core/commands/adjust.ts'
import { previewAct, previewOutcome } from '../acts/preview-act.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** Credits a team, with a reason, once per adjustment id: a lot of tokens, or money off its next bill. */
export function adjustTeam(deps: TeamDeps) {
  return route(call, async ({ params: { teamId }, body, query, language }): Promise<Outcome> => {
    const command: Adjust = { kind: 'adjust', ...body }
    if (query.preview) return previewOutcome(await previewAct(deps, { teamId, language }, command), body)
    const result = await deps.operations.run(teamId, command)
    if (result === 'absent') return notFound
    return 'refused' in result ? result : { status: 201, body: body satisfies AdjustmentAnswer }
  })
}
