/**
 * Returns the largest whole number from 0 to `most` that is allowed, where every number up to some point is allowed and
 * none beyond it. Also returns 0 when not even 0 is allowed. Makes at most 55 calls.
 */
export function largest(most: number, isAllowed: (n: number) => boolean): number {
  if (!isAllowed(0)) return 0
  if (isAllowed(most)) return most
  let allowed = 0
  let refused = most
  while (refused - allowed > 1) {
    const middle = allowed + Math.floor((refused - allowed) / 2)
    if (isAllowed(middle)) allowed = middle
    else refused = middle
  }
  return allowed
}

/** Returns the smallest whole number from 0 to `most` that is enough, where `most` and every number above the result are. */
export function smallest(most: number, isEnough: (n: number) => boolean): number {
  return isEnough(0) ? 0 : largest(most, (n) => !isEnough(n)) + 1
}
