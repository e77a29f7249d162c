import * as v from 'valibot'
import type { Call } from '../../contract/call.ts'
import { id, quantityMax, whole } from '../../contract/fields.ts'
import { teamParams } from '../../contract/team.ts'
import { deny, isDenial } from '../../core/funding/denial.ts'
import { denialToJson } from '../http/denial-json.ts'
import { meterFault } from '../http/meter-fault.ts'
import type { Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import { warningToJson } from '../http/warning-json.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { agentRoute } from './agent-route.ts'

const call = {
  route: agentRoute('mcpMayI', { scope: 'hub:read' }),
  params: teamParams,
  body: v.object({
    appId: id,
    meter: id,
    quantity: whole(1, quantityMax),
    holdSeconds: whole(1, 86_400),
    budgetId: v.optional(id),
  }),
} as const satisfies Call

/** The decision that an authorization would get now. Nothing is held, and nothing is stored. */
export function mayI(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params, body, language }): Promise<Outcome> => {
    const { teamId } = params
    const { meter } = body
    const fault = await meterFault(deps.catalog, meter, deps.clock.now())
    if (fault !== undefined) return fault
    const { holdSeconds: _, budgetId: __, ...asked } = body
    const app = await deps.apps.find(body.appId)
    const found =
      app?.teamId === teamId
        ? // No caller can send this id, so it has no earlier content.
          await deps.operations.preview(teamId, { kind: 'authorize', authorizationId: 'mcp:may-i', ...body })
        : deny([{ code: 'UNKNOWN_APP' }])
    if (found === 'absent') throw new Error(`the account of ${teamId} is absent`)
    if (!('decision' in found)) {
      if (!isDenial(found)) throw new Error('a preview of a new authorization has no earlier content')
      const refusal = denialToJson(found, language, { meter })
      return { status: 200, body: { ...asked, decision: 'deny', refusal } }
    }
    const { fundedBy, remaining, warnings } = found.decision.answer.entry
    return {
      status: 200,
      body: {
        ...asked,
        decision: 'allow',
        fundedBy,
        ...(remaining !== undefined && { remaining }),
        warnings: warnings.map((warning) => warningToJson(warning, language, { meter })),
      },
    }
  })
}
