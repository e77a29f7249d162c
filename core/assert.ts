/** Guards an invariant: a failure is our bug, never a customer's mistake. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`)
}

/** A whole number that JavaScript still counts exactly, and that is not below zero. */
export function assertAmount(value: number, what: string): void {
  assert(Number.isSafeInteger(value) && value >= 0, `${what} is ${value}`)
}
