import type { AllowedAuthorization } from '../answers.ts'
import type { Allowed } from '../model.ts'
import type { Times } from '../settling/row.ts'

/** `Date` has whole seconds, so the server's clock may be this much ahead of it. */
const dateStepMs = 1_000
/** Before its hold ends, a lease is put aside for so long that its report arrives in time, but at most a tenth of its life. */
const reportMarginMsMax = 30_000
/** Reports before a turn of month, plan or card are spread, because all holders of a team make one. */
const spreadMsMin = 2_000
const spreadMsMax = 10_000

/** An authorization that is spent locally. Instants are milliseconds of the monotonic clock. */
export interface Lease {
  readonly authorizationId: string
  readonly granted: number
  readonly decision: Allowed
  readonly answer: Promise<Allowed>
  /** Place in the spool's log. */
  readonly place?: number
  readonly usableUntil: number
  /** Base units that were admitted. */
  spent: number
  /** Base units of the latest report, answered or not. */
  reported: number
  /** Instant of the latest report, or of the grant. */
  reportedAt: number
  /** Instant before which open use is to be reported. */
  settleAt?: number
  isReporting: boolean
}

export interface Grant {
  readonly authorization: AllowedAuthorization
  readonly times: Times
  readonly place?: number
  /** From 0 up to 1: the place of its early reports among those of other holders. */
  readonly spread: number
}

/** The lease of a granted authorization. It is timed from the moment at which the request was sent. */
export function toLease({ authorization, times, place, spread }: Grant): Lease {
  const { authorizationId, quantity, expiresAt, fundedBy, settleBy, warnings } = authorization
  const lifeMs = Date.parse(expiresAt) - times.serverDate - dateStepMs
  const decision: Allowed = { decision: 'allow', fundedBy, warnings }
  return {
    authorizationId,
    granted: quantity,
    decision,
    answer: Promise.resolve(decision),
    place,
    usableUntil: times.sentAt + lifeMs - Math.min(reportMarginMsMax, lifeMs / 10),
    spent: 0,
    reported: 0,
    reportedAt: times.receivedAt,
    settleAt: settleAtOf(settleBy, times, spread),
    isReporting: false,
  }
}

/** Instant of the report before `settleBy`; undefined where it has passed. */
export function settleAtOf(settleBy: string | undefined, times: Times, spread: number): number | undefined {
  if (settleBy === undefined) return undefined
  const earlyMs = spreadMsMin + spread * (spreadMsMax - spreadMsMin)
  const at = times.sentAt + (Date.parse(settleBy) - times.serverDate) - dateStepMs - earlyMs
  return at > times.receivedAt ? at : undefined
}

/** Base units that may still be admitted. */
export function leftOf(lease: Lease): number {
  return lease.granted - lease.spent
}
