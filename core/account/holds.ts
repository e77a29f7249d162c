import type { Instant } from '../time/time.ts'
import type { HoldSum } from './account.ts'

/** Adds (or with a negative quantity takes back) base units held until an instant; sums that reach zero disappear. */
export function addHold(holds: readonly HoldSum[], expiresAt: Instant, quantity: number): readonly HoldSum[] {
  const before = holds.filter((hold) => hold.expiresAt < expiresAt)
  const after = holds.filter((hold) => hold.expiresAt > expiresAt)
  const sum = (holds.find((hold) => hold.expiresAt === expiresAt)?.quantity ?? 0) + quantity
  return sum > 0 ? [...before, { expiresAt, quantity: sum }, ...after] : [...before, ...after]
}

/** Base units that are still held at an instant; a hold is over at its end. */
export function heldAt(holds: readonly HoldSum[], at: Instant): number {
  return holds.reduce((sum, hold) => (hold.expiresAt > at ? sum + hold.quantity : sum), 0)
}

export function dropExpired(holds: readonly HoldSum[], at: Instant): readonly HoldSum[] {
  return holds.some((hold) => hold.expiresAt <= at) ? holds.filter((hold) => hold.expiresAt > at) : holds
}
