import type { BudgetFigures } from '../account/budgets.ts'
import type { ClosedBecause } from '../journal/entry.ts'
import { type AuthorizationRefusalCode, type Refusal, refuse } from '../refusal.ts'
import type { Instant } from '../time/time.ts'
import type { Phase } from './backing.ts'
import type { Ineligibility } from './pay-as-you-go.ts'
import type { QuoteFault } from './quote.ts'

/** True if an authorization returns this refusal as a denial, not as a conflict. */
export function isDenial(refusal: Refusal): refusal is Denial {
  return 'missing' in refusal
}

/** An amount per month and its used part, in base units. */
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

/** The state of pay-as-you-go where a payment would lift an obstacle. */
export interface MoneyState {
  /** Present where the team has chosen pay-as-you-go, whether or not it can pay now. */
  readonly payAsYouGo?: true
  /** The conditions of pay-as-you-go that fail; absent where the team meets all. */
  readonly unmet?: readonly Ineligibility[]
}

/** One obstacle to an authorization, with the facts that explain it. */
export type Obstacle =
  | { readonly code: 'AUTHORIZATION_CLOSED'; readonly closedBecause: ClosedBecause }
  | { readonly code: 'UNKNOWN_APP' | 'APP_NOT_IN_HUB' | 'NO_PLAN' }
  | { readonly code: 'QUOTE_NOT_VALID'; readonly because: QuoteFault }
  | { readonly code: 'TEAM_SUSPENDED'; readonly because?: string }
  /** Overdue US cents, and the instant since which they are overdue. */
  | { readonly code: 'PAYMENT_OVERDUE'; readonly usdCents: number; readonly since?: Instant }
  /** Missing base units. */
  | ({ readonly code: 'APP_LIMIT_REACHED'; readonly quantity: number } & Allowance)
  /** The amount that is missing, in the measure of the budget; without a budget, it has ended or was revoked. */
  | { readonly code: 'BUDGET_EXHAUSTED'; readonly lacks: number; readonly budget?: BudgetFigures }
  /** Price of the unpaid usage: thousandths of tokens, or US cents where pay-as-you-go pays. */
  | ({
      readonly code: 'SHORTFALL_DUE'
      readonly milliTokens: number
      readonly usdCents: number
    } & MoneyState)
  /** Missing base units; zero where only another meter of the API, `stoppedBy`, has used up its free amount. */
  | ({
      readonly code: 'FREE_LIMIT_REACHED'
      readonly quantity: number
      readonly stoppedBy?: string
    } & Allowance &
      MoneyState)
  | ({ readonly code: 'TOKENS_EXHAUSTED' } & Scarcity & MoneyState)
  /** US cents by which the monthly limit is too low, unless the missing tokens are bought. */
  | ({
      readonly code: 'SPEND_LIMIT_REACHED'
      readonly usdCents: number
      readonly limitUsdCents: number
      readonly usedUsdCents: number
    } & Scarcity)

export type ObstacleOf<Code extends AuthorizationRefusalCode> = Obstacle & { readonly code: Code }

/** A refused authorization: its obstacles, at least one, in the order of refusals. `code` is that of the first. */
export interface Denial extends Refusal<AuthorizationRefusalCode> {
  readonly missing: readonly Obstacle[]
}

/** Denies an authorization because of its obstacles. */
export function deny(
  missing: readonly [Obstacle, ...Obstacle[]],
  facts: Omit<Refusal, 'refused' | 'code'> = {},
): Denial {
  return { ...refuse(missing[0].code, facts), missing }
}
