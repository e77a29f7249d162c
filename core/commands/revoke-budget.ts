import type { Account } from '../account/account.ts'
import { findBudget } from '../account/budgets.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import { record } from '../journal/record.ts'

export interface RevokeBudget {
  readonly kind: 'revoke-budget'
  readonly budgetId: string
}

/** Ends a budget at once. What is authorized already may still be captured. A budget that is over stays as it is. */
export function revokeBudget(
  account: Account,
  { budgetId }: RevokeBudget,
  { now }: Context,
): Decision<undefined> {
  const budget = findBudget(account, budgetId)
  if (budget === undefined) return unchanged(account, undefined)
  const { appId } = budget
  const next = record(account, now, { kind: 'budget-revoked', budgetId, appId })
  return { account: next.account, entries: [next.entry], answer: undefined }
}
