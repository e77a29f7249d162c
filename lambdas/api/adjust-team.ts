import type { AdjustmentAnswer } from '../../contract/adjust-team.ts'
import { adjustTeam as call } from '../../contract/adjust-team.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'

/** Credits a team, with a reason, once per adjustment id: a lot of tokens, or money off its next bill. */
export function adjustTeam(deps: Deps) {
  return route(call, async ({ params: { teamId }, body }): Promise<Outcome> => {
    const result = await deps.operations.run(teamId, { kind: 'adjust', ...body })
    if (result === 'absent') return notFound
    return 'refused' in result ? result : { status: 201, body: body satisfies AdjustmentAnswer }
  })
}
