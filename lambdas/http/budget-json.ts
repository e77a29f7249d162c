import type { BudgetAnswer } from '../../contract/budget.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { Budget } from '../../core/account/account.ts'
import { type BudgetFigures, budgetFigures } from '../../core/account/budgets.ts'
import type { Instant } from '../../core/time/time.ts'
import { tokensToJson } from './charge-json.ts'

/** A budget with its use at an instant. `name` is the one of its key. */
export function budgetToJson(budget: Budget, name: string, now: Instant): BudgetAnswer {
  const { appId, endsAt } = budget
  return { ...figuresToJson(budgetFigures(budget, now)), name, appId, endsAt: instantToJson(endsAt) }
}

/** A budget and the amount that it lacks, in its measure. */
export function lackingToJson(figures: BudgetFigures, lacks: number) {
  return { ...figuresToJson(figures), lacks: inMeasure(figures, lacks) }
}

function figuresToJson(figures: BudgetFigures) {
  const { budgetId, every, measure, amount, used, held } = figures
  const sum = measure === 'tokens' ? { tokens: tokensToJson(amount) } : { usdCents: amount }
  return { budgetId, every, ...sum, used: inMeasure(figures, used), held: inMeasure(figures, held) }
}

function inMeasure({ measure }: BudgetFigures, amount: number): number {
  return measure === 'tokens' ? tokensToJson(amount) : amount
}
