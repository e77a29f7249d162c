import type { AuthorizationRefusalCode } from '../../core/refusal.ts'
import type { Refusal } from '../answers.ts'

/** The reason why a request does not run, before it has the form of an answer. */
export interface Stop {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly missing?: readonly unknown[]
  readonly resumesAt?: string
  readonly resolve?: string
  /** Seconds after which a repeat makes sense. */
  readonly retryAfterSeconds?: number
}

/**
 * Status of each refusal. 429: an amount per app or period is used up, so that callers slow down by themselves. 403: somebody has
 * to act. With an instant at which time lifts it, every refusal is 429.
 */
const refusalStatus: Readonly<Record<AuthorizationRefusalCode, 403 | 429>> = {
  AUTHORIZATION_CLOSED: 403,
  UNKNOWN_APP: 403,
  QUOTE_NOT_VALID: 403,
  APP_NOT_IN_HUB: 403,
  NO_PLAN: 403,
  TEAM_SUSPENDED: 403,
  PAYMENT_OVERDUE: 403,
  APP_LIMIT_REACHED: 429,
  BUDGET_EXHAUSTED: 429,
  SHORTFALL_DUE: 403,
  FREE_LIMIT_REACHED: 429,
  TOKENS_EXHAUSTED: 403,
  SPEND_LIMIT_REACHED: 429,
}

export function refusedStop(refusal: Refusal, retryAfterSeconds: number): Stop {
  const { code, title, detail, missing, resumesAt, resolve } = refusal
  const known: Readonly<Record<string, 403 | 429>> = refusalStatus
  const status = resumesAt === undefined ? (known[code] ?? 403) : 429
  return { status, code, title, detail, missing, resumesAt, resolve, retryAfterSeconds }
}

export function unavailableStop(retryAfterSeconds: number): Stop {
  return {
    status: 503,
    code: 'METERING_UNAVAILABLE',
    title: 'Metering is not available',
    detail: 'Nothing was charged.',
    retryAfterSeconds,
  }
}

export const unknownCaller: Stop = {
  status: 401,
  code: 'UNAUTHENTICATED',
  title: 'The calling app is not known',
  detail: 'Send a token that names an app.',
}

export const unclearPath: Stop = {
  status: 400,
  code: 'BAD_REQUEST',
  title: 'The path is not clear',
  detail: 'Send a path without dot segments and backslashes.',
}

export const bodyTooLarge: Stop = {
  status: 413,
  code: 'PAYLOAD_TOO_LARGE',
  title: 'The body is too large',
  detail: 'A job is described in at most 1 MiB.',
}

/** A problem of the service itself, such as a meter that Tollgate does not have. */
export const misconfigured: Stop = {
  status: 500,
  code: 'METERING_FAILED',
  title: 'The call cannot be metered',
  detail: 'Nothing was charged.',
}

export function unclassifiedStop(missing: readonly string[]): Stop {
  return {
    status: 422,
    code: 'CANNOT_CLASSIFY',
    title: 'The price of the request is unknown',
    detail: `Missing: ${missing.join(', ')}. A job names its file at the end of input.urn, or in input.rootFilename.`,
    missing,
  }
}
