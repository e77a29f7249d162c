import type { Account } from '../account/account.ts'
import { amountOf, budgetLeft, findBudget } from '../account/budgets.ts'
import { closureOf } from '../journal/closure.ts'
import type { Authorization, BudgetMove, Cap, Cost } from '../journal/entry.ts'
import type { Instant } from '../time/time.ts'

/**
 * The change of a budget between two states of an authorization: what is charged is used, and an open authorization holds
 * the rest of its cap. Empty where nothing changes, and where the budget has ended.
 */
export function budgetMove(
  account: Account,
  before: Authorization | undefined,
  after: Authorization,
  now: Instant,
): { readonly budget?: BudgetMove } {
  const { budgetId, expiresAt } = after
  const budget = findBudget(account, budgetId)
  if (budgetId === undefined || budget === undefined) return {}
  const countHeld = (authorization: Authorization | undefined) =>
    authorization === undefined || closureOf(authorization, now) !== undefined
      ? 0
      : amountOf(budget, roomIn(authorization.cap))
  const countUsed = (authorization: Authorization | undefined) =>
    amountOf(budget, chargedOn(authorization?.cap))
  const move = { held: countHeld(after) - countHeld(before), used: countUsed(after) - countUsed(before) }
  return move.held === 0 && move.used === 0 ? {} : { budget: { budgetId, expiresAt, ...move } }
}

/**
 * The cost that an authorization may still be charged. One that is over holds nothing of its budget any more, so it may be
 * charged no more than the budget has left, and nothing once the budget has ended.
 */
export function chargeable(account: Account, authorization: Authorization, cap: Cap, now: Instant): Cost {
  const { budgetId } = authorization
  const room = roomIn(cap)
  if (budgetId === undefined || closureOf(authorization, now) === undefined) return room
  const budget = findBudget(account, budgetId)
  if (budget === undefined) return { milliTokens: 0, usdCents: 0 }
  const left = budgetLeft(budget, now)
  return budget.measure === 'tokens'
    ? { ...room, milliTokens: Math.min(room.milliTokens, left) }
    : { ...room, usdCents: Math.min(room.usdCents, left) }
}

function chargedOn(cap: Cap | undefined): Cost {
  return { milliTokens: cap?.chargedMilliTokens ?? 0, usdCents: cap?.chargedUsdCents ?? 0 }
}

function roomIn(cap: Cap | undefined): Cost {
  const { milliTokens = 0, usdCents = 0, chargedMilliTokens = 0, chargedUsdCents = 0 } = cap ?? {}
  return { milliTokens: milliTokens - chargedMilliTokens, usdCents: usdCents - chargedUsdCents }
}
