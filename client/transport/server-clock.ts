import type { Environment, Received } from '../environment.ts'
import type { Times } from '../settling/row.ts'

/** The server's time, by the `Date` of its latest answer. The machine's clock serves until the first answer. */
export interface ServerClock {
  readonly isKnown: () => boolean
  /** The time in epoch milliseconds, at most about a second and a request's duration behind the server's. */
  readonly now: () => number
  /** Reads the `Date` of an answer. Returns the times of its request. */
  readonly read: (received: Received, sentAt: number) => Times
}

export function createServerClock({ elapsed, wallClock }: Environment): ServerClock {
  /** Epoch milliseconds at monotonic zero. */
  let offsetMs: number | undefined
  const now = () => (offsetMs === undefined ? wallClock() : offsetMs + elapsed())
  return {
    isKnown: () => offsetMs !== undefined,
    now,
    read({ date = '' }, sentAt) {
      const receivedAt = elapsed()
      const serverDate = Date.parse(date) || now()
      if (Date.parse(date)) offsetMs = serverDate - receivedAt
      return { sentAt, receivedAt, serverDate }
    },
  }
}
