import type { Account, Budget } from '../account/account.ts'
import { budgetsMax } from '../account/bounds.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import type { EntryOf } from '../journal/entry.ts'
import { erasedText } from '../journal/erasure.ts'
import { record } from '../journal/record.ts'
import { type Refusal, refuse } from '../refusal.ts'

export interface MakeBudget extends Omit<Budget, 'usedIn' | 'used' | 'held'> {
  readonly kind: 'make-budget'
  /** The name of its key, as people call it. */
  readonly name: string
  /** The hash of its key. The id is not bound to it: a repeat would bring another key, which is not stored. */
  readonly keyHash: string
}

export interface MakeBudgetContext extends Context {
  /** The budget that was made under this id before. */
  readonly earlier?: EntryOf<'budget-made'>
}

/** Makes a budget for one app, once per id. Only budgets that have not ended count in the bound. */
export function makeBudget(
  account: Account,
  { budgetId, appId, name, keyHash, measure, every, amount, endsAt }: MakeBudget,
  { earlier, now }: MakeBudgetContext,
): Decision<EntryOf<'budget-made'>> | Refusal {
  const content = { budgetId, appId, measure, every, amount, endsAt }
  if (earlier !== undefined)
    return isSame(earlier, { ...content, name })
      ? unchanged(account, earlier)
      : refuse('IDEMPOTENCY_CONFLICT')
  if ((account.budgets?.length ?? 0) >= budgetsMax) return refuse('TOO_MANY_BUDGETS')
  const next = record(account, now, { kind: 'budget-made', name, keyHash, ...content })
  return { account: next.account, entries: [next.entry], answer: next.entry }
}

function isSame(earlier: EntryOf<'budget-made'>, asked: Omit<MakeBudget, 'kind' | 'keyHash'>): boolean {
  const isSameUse = earlier.appId === asked.appId && earlier.endsAt === asked.endsAt
  const isSameAmount = earlier.measure === asked.measure && earlier.amount === asked.amount
  const isSameName = earlier.name === asked.name || earlier.name === erasedText
  return isSameUse && isSameAmount && earlier.every === asked.every && isSameName
}
