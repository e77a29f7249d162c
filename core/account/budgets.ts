import type { BudgetMove, Cost } from '../journal/entry.ts'
import { dayOf, type Instant, periodOf } from '../time/time.ts'
import type { Account, Budget } from './account.ts'
import { addLimitHold, dropExpired, heldAt } from './holds.ts'

/** The amount of a cost that a budget counts. */
export function amountOf({ measure }: Pick<Budget, 'measure'>, { milliTokens, usdCents }: Cost): number {
  return measure === 'tokens' ? milliTokens : usdCents
}

/** The budget, if it has neither ended nor been revoked. */
export function findBudget({ budgets = [] }: Account, budgetId: string | undefined): Budget | undefined {
  return budgets.find((budget) => budget.budgetId === budgetId)
}

/** The amount used in the day or month of an instant. */
export function usedAt({ every, usedIn, used }: Budget, at: Instant): number {
  return usedIn === spanOf(every, at) ? used : 0
}

/** The amount that is left of a budget; never negative, because only what is left is ever held or used. */
export function budgetLeft(budget: Budget, at: Instant): number {
  return Math.max(0, budget.amount - usedAt(budget, at) - heldAt(budget.held, at))
}

/** A budget with what is used and held of it at an instant. */
export interface BudgetFigures extends Pick<Budget, 'budgetId' | 'measure' | 'every' | 'amount'> {
  readonly used: number
  readonly held: number
}

export function budgetFigures(budget: Budget, at: Instant): BudgetFigures {
  const { budgetId, measure, every, amount } = budget
  return { budgetId, measure, every, amount, used: usedAt(budget, at), held: heldAt(budget.held, at) }
}

/** Applies what an entry holds of a budget, uses of it, or gives back. A budget that has ended counts no longer. */
export function moveBudget(account: Account, move: BudgetMove | undefined, at: Instant): Account {
  if (move === undefined) return account
  const budgets = account.budgets?.map((budget) =>
    budget.budgetId === move.budgetId
      ? {
          ...budget,
          usedIn: spanOf(budget.every, at),
          used: Math.max(0, usedAt(budget, at) + move.used),
          held: addLimitHold(budget.held, move.expiresAt, move.held),
        }
      : budget,
  )
  return { ...account, ...(budgets && { budgets }) }
}

export function withoutBudget({ budgets = [], ...account }: Account, budgetId: string): Account {
  const others = budgets.filter((budget) => budget.budgetId !== budgetId)
  return others.length === 0 ? account : { ...account, budgets: others }
}

/** The budgets that have not ended, without the holds that are over; absent where there are none. */
export function liveBudgets({ budgets }: Account, at: Instant): Pick<Account, 'budgets'> {
  const live = budgets
    ?.filter(({ endsAt }) => endsAt > at)
    .map((budget) => ({ ...budget, held: dropExpired(budget.held, at) }))
  return live === undefined || live.length === 0 ? {} : { budgets: live }
}

/** The UTC day or month of an instant. */
export function spanOf(every: Budget['every'], at: Instant): string {
  return every === 'day' ? dayOf(at) : periodOf(at)
}
