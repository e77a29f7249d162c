import type { LimitAnswer } from '../../contract/limit-app.ts'
import { limitApp as call } from '../../contract/limit-app.ts'
import { meterFault } from '../http/meter-fault.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** Limits one app on one meter per period. Its earlier use and holds, read from the journal, count from the start. */
export function limitApp(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params, body }): Promise<Outcome> => {
    const { teamId, appId } = params
    const { meter, perPeriod } = body
    const app = await deps.apps.find(appId)
    if (app?.teamId !== teamId) return notFound
    // A limit can be lifted also after its meter has ended.
    const fault = await meterFault(deps.catalog, meter, deps.clock.now())
    if (fault !== undefined && (perPeriod !== null || fault.problem !== 'METER_ENDED')) return fault
    const result = await deps.operations.run(teamId, { kind: 'limit-app', appId, meter, perPeriod })
    if (result === 'absent') return notFound
    if ('refused' in result) return result
    return { status: 200, body: { appId, meter, perPeriod } satisfies LimitAnswer }
  })
}
