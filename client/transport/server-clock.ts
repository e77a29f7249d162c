import type { Environment, Received } from '../environment.ts'
import type { Times } from '../settling/row.ts'

/** The server's time, by the `Date` of its latest answer. */
export interface ServerClock {
  /** Epoch milliseconds, at most about a second and a request's duration behind the server's; undefined before its first answer. */
  readonly known: () => number | undefined
  /** Reads the `Date` of an answer; the machine's clock serves where there never was one. Returns the times of the request. */
  readonly read: (received: Received, sentAt: number) => Times
}

export function createServerClock({ elapsed, wallClock }: Environment): ServerClock {
  /** Epoch milliseconds at monotonic zero. */
  let offsetMs: number | undefined
  const known = () => (offsetMs === undefined ? undefined : offsetMs + elapsed())
  return {
    known,
    read({ date }, sentAt) {
      const receivedAt = elapsed()
      const read = Date.parse(date ?? '')
      if (read) offsetMs = read - receivedAt
      return { sentAt, receivedAt, serverDate: known() ?? wallClock() }
    },
  }
}
