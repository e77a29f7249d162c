import type { Instant } from '../time/time.ts'
import type { Authorization, ClosedBecause } from './entry.ts'

/**
 * Returns the reason why an authorization is over at `now`; undefined while it is open. The first reason stays: use that is
 * reported after the end does not change it.
 */
export function closureOf(authorization: Authorization, now: Instant): ClosedBecause | undefined {
  const { closed, closedBecause, used, quantity, expiresAt } = authorization
  if (closedBecause !== undefined) return closedBecause
  if (closed) return 'final'
  if (used >= quantity) return 'used-up'
  return now >= expiresAt ? 'expired' : undefined
}
