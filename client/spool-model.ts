/*
 * The data that a spool stores on disk. The client works without one; then kill -9 loses the use since the last report.
 * All functions are synchronous: when they return, what they stored survives kill -9 of the process.
 */

export interface Spool {
  readonly leases: LeaseLog
  readonly events: EventLog
  /** Releases the folder. */
  close(): void
}

/**
 * The use of each open lease, so that it can be reported after the process has died. Its functions never throw: a failing disk must
 * not stop calls, and the lease still is reported unless the process dies first.
 */
export interface LeaseLog {
  /** Leases of an earlier process that were not closed. */
  readonly leftovers: readonly LeftLease[]
  /** Stores the id of a lease before its authorization is requested. Returns its place in the log; undefined where that failed. */
  open(authorizationId: string): number | undefined
  /** Stores the cumulative use of a lease. */
  write(place: number, used: number): void
  /** Frees the place: the lease is reported and closed. For a leftover, `place` is its own. */
  close(place: number): void
}

export interface LeftLease {
  readonly place: number
  readonly authorizationId: string
  readonly used: number
}

/** Usage events that Tollgate has not answered yet, in the order of their arrival. */
export interface EventLog {
  /** Number of stored events. */
  readonly size: number
  /** Stores events, each one line of JSON. Throws `SpoolFull` where the spool's limit is reached; then none is stored. */
  append(lines: readonly string[]): void
  /** The oldest events, at most `max`. */
  read(max: number): readonly string[]
  /** Removes the oldest `count` events. */
  remove(count: number): void
  /** Stores lines about events that cannot be recorded in a separate file, which is bounded: the newest are stored. */
  setAside(lines: readonly string[]): void
}
