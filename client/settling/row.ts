import type { RowResult } from '../answers.ts'

/** The times of a request: monotonic milliseconds, and the server's `Date` in epoch milliseconds. */
export interface Times {
  readonly sentAt: number
  readonly receivedAt: number
  readonly serverDate: number
}

/** A capture or an authorization on its way to Tollgate. */
export interface Row {
  /** The row of a settlement. It stays the same at every repeat, since the id is bound to it. */
  readonly body: object
  /** Takes a definite answer: no repeat follows. */
  readonly finish: (result: RowResult, times: Times) => void
  /** True if nobody waits for the answer any more; the row is then not repeated. */
  readonly isAbandoned?: () => boolean
}

/** Returns the rows that are to be sent now, at most `max`. More rows may follow at the next call. */
export type RowSource = (max: number) => readonly Row[]

/** A source of one row. */
export function rowSource(row: Row): RowSource {
  const rows = [row]
  return (max) => rows.splice(0, max)
}
