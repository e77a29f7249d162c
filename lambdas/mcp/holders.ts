import { findBudget } from '../../core/account/budgets.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { hashOfKey } from '../store/budget-keys.ts'
import { subjectOfBudget } from '../store/budget-names.ts'

/** The holder of a budget's key. It works for one app, and sees nothing of the team but its own work. */
export interface Holder {
  readonly teamId: string
  readonly budgetId: string
  readonly appId: string
}

/** The holder of a key; undefined for a key of no budget, or of one that has ended or was revoked. */
export type FindHolder = (key: string) => Promise<Holder | undefined>

const keyPattern = /^tgk_[A-Za-z0-9_-]{43}$/

/** True for a token that is a budget's key, and no token of the issuer. */
export function isBudgetKey(token: string): boolean {
  return keyPattern.test(token)
}

/** Finds holders by the hash of their key. The account is read each time, so a revoked key ends at once. */
export function makeFindHolder({ budgetKeys, operations }: TeamDeps): FindHolder {
  return async (key) => {
    const found = await budgetKeys.find(hashOfKey(key))
    if (found === undefined) return undefined
    const { teamId, budgetId, appId } = found
    const seen = await operations.look(teamId)
    const isLive = seen !== undefined && findBudget(seen.account, budgetId) !== undefined
    return isLive ? { teamId, budgetId, appId } : undefined
  }
}

/** The claims with which a holder's tools make calls. The tools of holders are few, and all name the budget. */
export function claimsOf({ teamId, budgetId }: Holder): Readonly<Record<string, string>> {
  return { sub: subjectOfBudget(budgetId), team: teamId, role: 'admin', scope: 'hub:read hub:write' }
}
