/**
 * The named, expected ways to say no. An authorization's refusals are in the order in which they are
 * checked and reported; the others answer the customer's own calls as 409 problems.
 */
export const authorizationRefusals = [
  'AUTHORIZATION_CLOSED',
  'UNKNOWN_APP',
  'QUOTE_NOT_VALID',
  'APP_NOT_IN_HUB',
  'NO_PLAN',
  'TEAM_SUSPENDED',
  'PAYMENT_OVERDUE',
  'APP_LIMIT_REACHED',
  'BUDGET_EXHAUSTED',
  'SHORTFALL_DUE',
  'FREE_LIMIT_REACHED',
  'TOKENS_EXHAUSTED',
  'SPEND_LIMIT_REACHED',
] as const

export const conflictRefusals = [
  'IDEMPOTENCY_CONFLICT',
  'PAY_AS_YOU_GO_NOT_ELIGIBLE',
  'PAYMENT_METHOD_REQUIRED',
  'PRICE_CHANGED',
  'PURCHASE_CLOSED',
  'NOT_REVERSIBLE',
  'TOO_MANY_LOTS',
  'TOO_MANY_LIMITS',
  'TOO_MANY_BUDGETS',
  'TOO_MANY_SUBSCRIPTIONS',
  'APP_OF_ANOTHER_TEAM',
  'RATE_CARD_EXISTS',
  'RATE_CARD_TOO_SOON',
  'CATALOG_VERSION_EXISTS',
  'CATALOG_VERSION_TOO_SOON',
  'TOO_MANY_VERSIONS',
  'HUB_REQUIRED',
  'LAST_ADMIN',
  'MEMBER_EXISTS',
  'TOO_MANY_MEMBERS',
  'TOO_MANY_INVITATIONS',
  'NOT_HERE',
  'TOO_MANY_SECRETS',
  'TESTED_JUST_NOW',
] as const

export type AuthorizationRefusalCode = (typeof authorizationRefusals)[number]
export type ConflictRefusalCode = (typeof conflictRefusals)[number]
export type RefusalCode = AuthorizationRefusalCode | ConflictRefusalCode

/** A refusal with its own facts. `resumesAt` (epoch milliseconds) is when time alone lifts it; absent when it does not. */
export interface Refusal<Code extends RefusalCode = RefusalCode> {
  readonly refused: true
  readonly code: Code
  readonly resumesAt?: number
  /** The reason: the end of an authorization or a purchase, or the operator's words. */
  readonly because?: string
  /** The conditions of pay-as-you-go that the team does not meet, all of them. */
  readonly unmet?: readonly string[]
  /** The price in force, in US cents, where a caller expected another one. */
  readonly usdCents?: number
}

export function refuse<Code extends RefusalCode>(
  code: Code,
  facts: Omit<Refusal, 'refused' | 'code'> = {},
): Refusal<Code> {
  return { refused: true, code, ...facts }
}
