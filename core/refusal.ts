import type { Phase } from './funding/backing.ts'
import type { Instant } from './time/time.ts'

/**
 * The named, expected ways to say no. An authorization's refusals stand in the order in which they are
 * checked and reported; the rest answer the customer's own calls as 409 problems.
 */
export const authorizationRefusals = [
  'UNKNOWN_APP',
  'APP_NOT_IN_HUB',
  'NO_PLAN',
  'TEAM_SUSPENDED',
  'PAYMENT_OVERDUE',
  'APP_LIMIT_REACHED',
  'SHORTFALL_DUE',
  'FREE_LIMIT_REACHED',
  'TOKENS_EXHAUSTED',
  'SPEND_LIMIT_REACHED',
] as const

export const conflictRefusals = [
  'IDEMPOTENCY_CONFLICT',
  'PAY_AS_YOU_GO_NOT_ELIGIBLE',
  'PAYMENT_METHOD_REQUIRED',
  'TOO_MANY_LOTS',
  'TOO_MANY_LIMITS',
  'APP_OF_ANOTHER_TEAM',
  'RATE_CARD_EXISTS',
  'RATE_CARD_TOO_SOON',
  'HUB_REQUIRED',
  'LAST_ADMIN',
  'MEMBER_EXISTS',
  'TOO_MANY_MEMBERS',
] as const

export type AuthorizationRefusalCode = (typeof authorizationRefusals)[number]
export type ConflictRefusalCode = (typeof conflictRefusals)[number]
export type RefusalCode = AuthorizationRefusalCode | ConflictRefusalCode

/** A refusal with its own facts. `resumesAt` (epoch milliseconds) is when time alone lifts it; absent when it does not. */
export interface Refusal<Code extends RefusalCode = RefusalCode> {
  readonly refused: true
  readonly code: Code
  readonly resumesAt?: number
  /** What fails or is missing, named by the condition that does (`country`, `tokens`, …), or the operator's words. */
  readonly because?: string
}

export function refuse<Code extends RefusalCode>(
  code: Code,
  facts: Omit<Refusal, 'refused' | 'code'> = {},
): Refusal<Code> {
  return { refused: true, code, ...facts }
}

/** Whether a refusal is one that an authorization answers as a denial, not as a conflict. */
export function isDenial(refusal: Refusal): refusal is Denial {
  return 'missing' in refusal
}

/** An amount per month and what is gone of it, in base units. */
export interface Allowance {
  readonly limit: number
  readonly used: number
  readonly held: number
}

/** Tokens that lapse before the hold that needs them ends, in thousandths. */
export interface Lapse {
  readonly lotId: string
  readonly expiresAt: Instant
  readonly milliTokens: number
}

/** The scarcest phase of the backing rule with what is asked in it, and the lots that have lapsed by then. */
export interface Scarcity {
  /** Thousandths of tokens that are missing. */
  readonly milliTokens: number
  readonly phase: Phase
  readonly lapses: readonly Lapse[]
}

/** One thing that stands in the way of an authorization, with the facts that explain it. */
export type Obstacle =
  | { readonly code: 'UNKNOWN_APP' | 'APP_NOT_IN_HUB' | 'NO_PLAN' }
  | { readonly code: 'TEAM_SUSPENDED'; readonly because?: string }
  /** US cents that are overdue, and since when. */
  | { readonly code: 'PAYMENT_OVERDUE'; readonly usdCents: number; readonly since?: Instant }
  /** Missing base units. */
  | ({ readonly code: 'APP_LIMIT_REACHED'; readonly quantity: number } & Allowance)
  /** Price of the unpaid usage: thousandths of tokens, or US cents where pay-as-you-go pays. */
  | { readonly code: 'SHORTFALL_DUE'; readonly milliTokens: number; readonly usdCents: number }
  /** Missing base units; zero where only another meter of the API, `stoppedBy`, has used up its free amount. */
  | ({
      readonly code: 'FREE_LIMIT_REACHED'
      readonly quantity: number
      readonly stoppedBy?: string
    } & Allowance)
  | ({ readonly code: 'TOKENS_EXHAUSTED' } & Scarcity)
  /** US cents by which the monthly limit is too low, unless the missing tokens are bought. */
  | ({
      readonly code: 'SPEND_LIMIT_REACHED'
      readonly usdCents: number
      readonly limitUsdCents: number
      readonly usedUsdCents: number
    } & Scarcity)

export type ObstacleOf<Code extends AuthorizationRefusalCode> = Obstacle & { readonly code: Code }

/** A refused authorization: everything in its way, at least one thing, in the order of refusals. `code` is the first one's. */
export interface Denial extends Refusal<AuthorizationRefusalCode> {
  readonly missing: readonly Obstacle[]
}

/** Denies an authorization for what is in its way. */
export function deny(
  missing: readonly [Obstacle, ...Obstacle[]],
  facts: Omit<Refusal, 'refused' | 'code'> = {},
): Denial {
  return { ...refuse(missing[0].code, facts), missing }
}
