import type { Environment, Received } from '../environment.ts'
import type { Times } from '../settling/row.ts'

/** The server's time, by the `Date` of its latest answer. The machine's clock serves until the first answer. */
export interface ServerClock {
  /** The server's time as `now` gives it; undefined before its first answer. */
  readonly known: () => number | undefined
  /** The time in epoch milliseconds, at most about a second and a request's duration behind the server's. */
  readonly now: () => number
  /** Reads the `Date` of an answer. Returns the times of its request. */
  readonly read: (received: Received, sentAt: number) => Times
}

export function createServerClock({ elapsed, wallClock }: Environment): ServerClock {
  /** Epoch milliseconds at monotonic zero. */
  let offsetMs: number | undefined
  const known = () => (offsetMs === undefined ? undefined : offsetMs + elapsed())
  const now = () => known() ?? wallClock()
  return {
    known,
    now,
    read({ date }, sentAt) {
      const receivedAt = elapsed()
      const read = Date.parse(date ?? '')
      if (read) offsetMs = read - receivedAt
      return { sentAt, receivedAt, serverDate: read || now() }
    },
  }
}
