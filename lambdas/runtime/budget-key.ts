import { randomBytes } from 'node:crypto'

/** Marks the keys of budgets, so that scanners for leaked secrets find them. */
const budgetKeyPrefix = 'tgk_'

/** A new key of 32 random bytes. */
export function newBudgetKey(): string {
  return `${budgetKeyPrefix}${randomBytes(32).toString('base64url')}`
}
