export interface Units {
  readonly writeUnits: number
  readonly readUnits: number
}

/** Requests to the table and what they cost. Units are DynamoDB's, indexes included. */
export interface Tally {
  requests: number
  writeUnits: number
  readUnits: number
  /** Requests that met a transaction in flight. */
  conflicts: number
  /** Requests whose condition failed. */
  failedConditions: number
  /** Requests to a key without units left in the second. */
  throttled: number
}

export function emptyTally(): Tally {
  return { requests: 0, writeUnits: 0, readUnits: 0, conflicts: 0, failedConditions: 0, throttled: 0 }
}
