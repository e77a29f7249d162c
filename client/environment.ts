/**
 * Everything that the client asks its process for. A test gives another environment, in which time, chance and the network are
 * its choice.
 */
export interface Environment {
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number
  /** The machine's clock, in epoch milliseconds. It may be wrong; it serves only where the server's time is not known. */
  readonly wallClock: () => number
  /** A number from 0 up to 1, without 1. */
  readonly random: () => number
  /** An id that no other process makes: at most 40 of A-Z a-z 0-9 _ -. */
  readonly newId: () => string
  /** Calls `action` once after some milliseconds. Returns a function that cancels it. Somebody may wait for it: then it keeps the process alive. */
  readonly after: (ms: number, action: () => void, isAwaited?: boolean) => () => void
  /** Sends a request and returns the answer, of any status. Rejects where none came within `timeoutMs`. */
  readonly send: (request: Sent) => Promise<Received>
}

export interface Sent {
  readonly method: 'POST' | 'DELETE'
  /** Path from the API's root, such as `/v1/settlements`. */
  readonly path: string
  readonly body?: string
  /** `application/json` without it. */
  readonly contentType?: string
  readonly timeoutMs: number
}

export interface Received {
  readonly status: number
  /** The headers `Date` and `Retry-After`, as received. */
  readonly date?: string | null
  readonly retryAfter?: string | null
  readonly body: string
}
