import type { FieldFault } from '../../contract/field-errors.ts'
import { tokensToMilli } from '../../contract/fields.ts'
import { instantToJson } from '../../contract/instant.ts'
import { type BudgetsAnswer, listBudgets as listCall } from '../../contract/list-budgets.ts'
import { type MadeBudgetAnswer, makeBudget as makeCall } from '../../contract/make-budget.ts'
import { sayToPeople } from '../../contract/people-messages.ts'
import { revokeBudget as revokeCall } from '../../contract/revoke-budget.ts'
import { findBudget } from '../../core/account/budgets.ts'
import { dayMs } from '../../core/time/time.ts'
import { budgetToJson } from '../http/budget-json.ts'
import type { Input } from '../http/input.ts'
import { badRequest, notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { hashOfKey } from '../store/budget-keys.ts'
import { budgetNames } from '../store/budget-names.ts'

/** A budget ends at most this many days ahead. */
const aheadDaysMax = 366

/** Makes a budget with its key. Only the first answer has the key, because only its hash is stored. */
export function makeBudget(deps: TeamDeps) {
  return hubRoute(deps, makeCall, async ({ params: { teamId }, body }): Promise<Outcome> => {
    const fault = await faultOf(deps, teamId, body)
    if (fault !== undefined) return badRequest(fault)
    const { tokens, usdCents = 0, ...content } = body
    const amount =
      tokens === undefined
        ? ({ measure: 'usd-cents', amount: usdCents } as const)
        : ({ measure: 'tokens', amount: tokensToMilli(tokens) } as const)
    const key = deps.newBudgetKey()
    const command = { kind: 'make-budget', ...content, ...amount, keyHash: hashOfKey(key) } as const
    const result = await deps.operations.run(teamId, command)
    if (result === 'absent') return notFound
    if ('refused' in result) return result
    const seen = await deps.operations.look(teamId)
    const made = { ...result.answer, usedIn: '', used: 0, held: [] }
    const budget = (seen && findBudget(seen.account, body.budgetId)) ?? made
    const isFirst = result.answer.keyHash === command.keyHash
    const shown = budgetToJson(budget, body.name, seen?.now ?? deps.clock.now())
    const answer: MadeBudgetAnswer = { ...shown, ...(isFirst && { key }) }
    return { status: 201, body: answer }
  })
}

/** Lists the budgets that work now. */
export function listBudgets(deps: TeamDeps) {
  return hubRoute(deps, listCall, async ({ params: { teamId } }): Promise<Outcome> => {
    const seen = await deps.operations.look(teamId)
    if (seen === undefined) return notFound
    const budgets = seen.account.budgets ?? []
    const names = await budgetNames(deps.journal, teamId, budgets)
    const rows = budgets.map((budget) =>
      budgetToJson(budget, names.get(budget.budgetId) ?? budget.budgetId, seen.now),
    )
    return { status: 200, body: { budgets: rows } satisfies BudgetsAnswer }
  })
}

/** Revokes a budget. One that is over already stays so. */
export function revokeBudget(deps: TeamDeps) {
  return hubRoute(deps, revokeCall, async ({ params: { teamId, budgetId } }): Promise<Outcome> => {
    const result = await deps.operations.run(teamId, { kind: 'revoke-budget', budgetId })
    if (result === 'absent') return notFound
    return 'refused' in result ? result : { status: 204 }
  })
}

async function faultOf(
  deps: TeamDeps,
  teamId: string,
  { appId, endsAt }: Input<typeof makeCall>['body'],
): Promise<FieldFault | undefined> {
  const app = await deps.apps.find(appId)
  if (app?.teamId !== teamId) return { pointer: '/appId', message: sayToPeople('appOfTeam') }
  const now = deps.clock.now()
  const last = now + aheadDaysMax * dayMs
  if (endsAt <= now) return { pointer: '/endsAt', message: 'atLeast', limit: instantToJson(now) }
  return endsAt > last ? { pointer: '/endsAt', message: 'atMost', limit: instantToJson(last) } : undefined
}
