import type { Instant } from '../time/time.ts'
import { quarterAfter } from '../time/time.ts'
import type { HoldSum } from './account.ts'
import { limitInstantsMax } from './bounds.ts'

/** Adds (or with a negative quantity takes back) base units held until an instant; sums that reach zero disappear. */
export function addHold(holds: readonly HoldSum[], expiresAt: Instant, quantity: number): readonly HoldSum[] {
  const before = holds.filter((hold) => hold.expiresAt < expiresAt)
  const after = holds.filter((hold) => hold.expiresAt > expiresAt)
  const sum = heldUntil(holds, expiresAt) + quantity
  return sum > 0 ? [...before, { expiresAt, quantity: sum }, ...after] : [...before, ...after]
}

/**
 * Adds (or with a negative quantity takes back) base units held until an instant, for a limit of an app. The sum at any
 * instant is never too small, and its parts end at most a quarter of an hour late (`inFewInstants`).
 */
export function addLimitHold(
  holds: readonly HoldSum[],
  expiresAt: Instant,
  quantity: number,
): readonly HoldSum[] {
  if (quantity >= 0) return inFewInstants(addHold(holds, expiresAt, quantity))
  const exact = Math.min(heldUntil(holds, expiresAt), -quantity)
  const rest = -quantity - exact
  const less = exact > 0 ? addHold(holds, expiresAt, -exact) : holds
  return rest > 0 ? addHold(less, quarterAfter(expiresAt), -rest) : less
}

/** The sums as they are, or where their instants are too many, each moved to the end of its quarter of an hour. */
export function inFewInstants(holds: readonly HoldSum[]): readonly HoldSum[] {
  if (holds.length <= limitInstantsMax) return holds
  return holds.reduce<readonly HoldSum[]>(
    (sums, { expiresAt, quantity }) => addHold(sums, quarterAfter(expiresAt), quantity),
    [],
  )
}

/** Base units that are still held at an instant; a hold is over at its end. */
export function heldAt(holds: readonly HoldSum[], at: Instant): number {
  return holds.reduce((sum, hold) => (hold.expiresAt > at ? sum + hold.quantity : sum), 0)
}

export function dropExpired(holds: readonly HoldSum[], at: Instant): readonly HoldSum[] {
  return holds.some((hold) => hold.expiresAt <= at) ? holds.filter((hold) => hold.expiresAt > at) : holds
}

function heldUntil(holds: readonly HoldSum[], expiresAt: Instant): number {
  return holds.find((hold) => hold.expiresAt === expiresAt)?.quantity ?? 0
}
