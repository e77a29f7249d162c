import * as v from 'valibot'
import type { Call } from '../../contract/call.ts'
import { id } from '../../contract/fields.ts'
import { teamParams } from '../../contract/team.ts'
import { findBudget } from '../../core/account/budgets.ts'
import { budgetToJson } from '../http/budget-json.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { budgetNames } from '../store/budget-names.ts'
import { agentRoute } from './agent-route.ts'

const call = {
  route: agentRoute('mcpBudget', { scope: 'hub:read', isAdminOnly: true }),
  params: teamParams,
  body: v.object({ budgetId: id }),
} as const satisfies Call

/** One budget, as its holder sees it. */
export function showBudget(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params: { teamId }, body: { budgetId } }): Promise<Outcome> => {
    const seen = await deps.operations.look(teamId)
    const budget = seen && findBudget(seen.account, budgetId)
    if (budget === undefined || seen === undefined) return notFound
    const names = await budgetNames(deps.journal, teamId, [budget])
    return { status: 200, body: budgetToJson(budget, names.get(budgetId) ?? budgetId, seen.now) }
  })
}
