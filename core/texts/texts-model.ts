import type { AuthorizationRefusalCode, RefusalCode } from '../refusal.ts'
import type { MeterWarningCode } from '../warning.ts'

export type Language = 'en' | 'ja'

/** Problems of the request itself, in the order in which they are found. */
export const requestProblems = [
  'UNAUTHENTICATED',
  'INSUFFICIENT_SCOPE',
  'NOT_FOUND',
  'ADMIN_REQUIRED',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'BAD_REQUEST',
  'METER_ENDED',
  'PRECONDITION_FAILED',
  'BUSY',
  'INTERNAL_ERROR',
] as const

/** Reasons for the rejection of one usage event of a batch, in the order of the checks; `UNKNOWN_APP` and `IDEMPOTENCY_CONFLICT` are refusals. */
export const eventRejections = [
  'BAD_EVENT',
  'UNKNOWN_METER',
  'METER_ENDED',
  'EVENT_TOO_OLD',
  'EVENT_IN_FUTURE',
] as const

export type RequestProblemCode = (typeof requestProblems)[number]
export type EventRejectionCode = (typeof eventRejections)[number]
/** The refusals of the calls that services make. */
export type MeterRefusalCode = AuthorizationRefusalCode | 'IDEMPOTENCY_CONFLICT'
export type MeterProblemCode = RequestProblemCode | MeterRefusalCode
/** The code of a request whose meter cannot be determined. */
export type ClassificationCode = 'CANNOT_CLASSIFY'
export type ProblemCode = RequestProblemCode | EventRejectionCode | RefusalCode | ClassificationCode

/** The facts that a text may name. Every fact may be absent; the text then stays general. */
export interface TextFacts {
  readonly meter?: string
  /** The meters to use instead of one that has ended. */
  readonly meters?: readonly string[]
  /** The other meter whose used-up free amount stops the whole API. */
  readonly stoppedBy?: string
  /** The reason, as in the refusal: the end of an authorization or a purchase, or the operator's words. */
  readonly because?: string
  /** True where the team has chosen pay-as-you-go. */
  readonly payAsYouGo?: boolean
  /** The conditions of pay-as-you-go that fail, all of them. */
  readonly unmet?: readonly string[]
  /** True where the team has no plan, and the free amount would not cover the request. */
  readonly isFreeAmountUsedUp?: boolean
  /** The limit that was passed, in the unit that the text names. */
  readonly limit?: number
  /** True where it is not certain whether the work was done. */
  readonly isUncertain?: boolean
  /** The encoding of a body that cannot be read, such as `gzip`. */
  readonly encoding?: string
  /** The price in force, in US cents. */
  readonly usdCents?: number
}

export interface ProblemText {
  readonly title: string
  readonly detail: string
}

/** A customer's view of a refusal: its name, its reason, and its remedy. */
export interface RefusalText extends ProblemText {
  readonly resolve: string
}

/** Finds the text of a refusal, among all texts or only those that a function links. */
export type RefusalTextOf = (code: RefusalCode, language: Language, facts?: TextFacts) => RefusalText

/** A text for every refusal. A new code does not compile without one in each language. */
export type RefusalTexts = Readonly<Record<RefusalCode, (facts: TextFacts) => RefusalText>>

/** The texts of the calls that services make, in one language. A new code does not compile without them. */
export interface MeterTexts {
  /** Ends of a remedy: the app works again once all of it is done, and time alone lifts the refusal, too. */
  readonly endings: Readonly<Record<'worksAgain' | 'wait', string>>
  readonly refusals: Pick<RefusalTexts, MeterRefusalCode>
  readonly problems: Readonly<Record<RequestProblemCode, (facts: TextFacts) => ProblemText>>
  readonly warnings: Readonly<Record<MeterWarningCode, (facts: TextFacts) => ProblemText>>
}
