/*
 * Answers of the API that the client passes on. They are written out, so that the package's types need no other package; a test
 * compares them with the contract. Instants are RFC 3339 in UTC, quantities are base units of the meter.
 */

export interface Refusal {
  /** Stable, such as `TOKENS_EXHAUSTED`. */
  readonly code: string
  readonly title: string
  readonly detail: string
  /** All causes, with their facts. The first item has the refusal's code. */
  readonly missing: readonly { readonly code: string }[]
  /** The instant at which time alone lifts the refusal; absent where it does not. */
  readonly resumesAt?: string
  /** Instructions for the customer. */
  readonly resolve: string
}

export interface Warning {
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly until?: string
}

export interface AllowedAuthorization {
  readonly authorizationId: string
  readonly decision: 'allow'
  /** The quantity that was granted. */
  readonly quantity: number
  readonly expiresAt: string
  readonly fundedBy: string
  /** The quantity that could still be authorized after this one; absent where nothing limits it. */
  readonly remaining?: number
  /** The most that the authorization may be charged; present under a quote. */
  readonly cap?: { readonly quantity: number; readonly tokens: number; readonly usdCents: number }
  /** Report open use before this instant. */
  readonly settleBy?: string
  /** The quantity that earns about one cent; absent for unrated use. */
  readonly reportAfter?: number
  readonly teamId?: string
  readonly warnings: readonly Warning[]
}

export interface DeniedAuthorization {
  readonly authorizationId: string
  readonly decision: 'deny'
  readonly refusal: Refusal
  /** Absent where no team has the app. */
  readonly teamId?: string
}

export type Authorization = AllowedAuthorization | DeniedAuthorization

export interface Charge {
  readonly source: 'flex' | 'pay-as-you-go' | 'shortfall'
  readonly meter: string
  readonly units?: number
  readonly tokens?: number
  readonly usdCents?: number
  readonly lotId?: string
  readonly lots?: readonly { readonly lotId: string; readonly tokens: number }[]
}

export interface Capture {
  readonly authorizationId: string
  readonly used: number
  readonly status: 'open' | 'closed'
  readonly charges: readonly Charge[]
  readonly late?: boolean
  readonly overrun?: boolean
  /** The quantity that nobody is charged for, because it is beyond the cap of the authorization. */
  readonly waived?: number
  /** The refusal that a new authorization would get now. */
  readonly stop?: Refusal
  readonly settleBy?: string
  readonly teamId?: string
}

/** A problem document of the API (RFC 9457). */
export interface Problem {
  readonly status: number
  readonly code?: string
  readonly title: string
  readonly detail?: string
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[]
}

/** The result of one row of a settlement, as that of the single call. */
export interface RowResult {
  readonly status: number
  readonly retryAfterSeconds?: number
  readonly authorization?: Authorization
  readonly capture?: Capture & { readonly renewed?: RowResult }
  readonly problem?: Problem
}
