import * as v from 'valibot'
import { amount, instantText, tokens } from './figures.ts'

/** The length of time for which the amount of a budget is; each begins at midnight UTC. */
export const budgetSpan = v.picklist(['day', 'month'])

/** The figures of a budget, which is either one of tokens or one of money. */
export const budgetFigures = {
  budgetId: v.string(),
  every: budgetSpan,
  tokens: v.optional(v.pipe(tokens, v.description('Tokens of each day or month; at most three decimals'))),
  usdCents: v.optional(v.pipe(amount, v.description('US cents of each day or month'))),
  used: v.pipe(v.number(), v.minValue(0), v.description('Used in this day or month, in tokens or US cents')),
  held: v.pipe(v.number(), v.minValue(0), v.description('Held by open authorizations')),
}

/** A budget for one app. */
export const budgetFields = {
  ...budgetFigures,
  name: v.pipe(v.string(), v.description('The name of its key')),
  appId: v.string(),
  endsAt: instantText,
}

export const budgetAnswer = v.pipe(v.object(budgetFields), v.title('Budget'))

export type BudgetAnswer = v.InferOutput<typeof budgetAnswer>
