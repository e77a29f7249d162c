import type { Authorization, Capture, Refusal, Warning } from './answers.ts'

/** The answer to a call that asks whether it may run. */
export type Decision = Allowed | Denied | Unavailable

export interface Allowed {
  readonly decision: 'allow'
  /** The source that pays the next unit; absent where the use is recorded later, because Tollgate could not be asked. */
  readonly fundedBy?: string
  readonly warnings: readonly Warning[]
}

export interface Denied {
  readonly decision: 'deny'
  /** The reason in Tollgate's words, and what lifts it. */
  readonly refusal: Refusal
  /** Seconds after which a repeat of the call makes sense. */
  readonly retryAfterSeconds: number
}

/** Tollgate could not be asked, and the meter stops in an outage. */
export interface Unavailable {
  readonly decision: 'unavailable'
  readonly retryAfterSeconds: number
}

export interface AuthorizeInput {
  readonly appId: string
  readonly meter: string
  /** Base units of the meter, 1 to 1,000,000,000. */
  readonly quantity: number
  /** The least that is worth granting. Without it, all of `quantity` or nothing. */
  readonly quantityMin?: number
  /** 1 to 86,400; 3,600 without it. */
  readonly holdSeconds?: number
  /** 1 to 64 of A-Z a-z 0-9 . _ -; made by the client without it. A repeat with the same id gets the same answer. */
  readonly authorizationId?: string
}

/** Work that was done without an authorization. */
export interface UsageInput {
  readonly appId: string
  readonly meter: string
  readonly quantity: number
  /** The instant of the use in epoch milliseconds; now without it. */
  readonly at?: number
  /** `source` and `id` identify the event permanently. Both are made by the client where they are missing. */
  readonly id?: string
  readonly source?: string
}

/** Something that went wrong and that no caller is waiting for. The client goes on by itself. */
export interface ClientProblem {
  /** A request that failed, a report that was rejected for good, or a spool that could not be written. */
  readonly what: 'request' | 'report' | 'spool'
  /** HTTP status; 0 where there was no answer. */
  readonly status: number
  readonly detail: string
}

/** The calls of the client; the middleware needs no more than these. */
export interface Meter {
  /**
   * Decides whether an app may use `quantity` base units of a meter now (1 without it), and counts them. Answers from a lease
   * where one is left, without a request. Never rejects. Throws `TypeError` for a quantity that is no whole number from 1 to
   * 1,000,000,000.
   */
  allow(appId: string, meter: string, quantity?: number): Promise<Decision>
  /** Takes back what `allow` counted for a call that costs nothing after all, such as one that failed. */
  giveBack(appId: string, meter: string, quantity?: number): void
  /** Asks for an authorization. Rejects with `CallFailed` where the API answers a problem, or none within `callTimeoutMs`. */
  authorize(input: AuthorizeInput): Promise<Authorization>
  /** Reports cumulative use of an authorization; `isFinal` gives the rest back. Rejects as `authorize` does. */
  capture(authorizationId: string, used: number, options?: { readonly isFinal?: boolean }): Promise<Capture>
  /** Gives back all that an authorization holds. What was captured stays. Rejects as `authorize` does. */
  void(authorizationId: string): Promise<void>
  /** Records work that was not authorized first. Resolves when the event is stored: on disk with a spool, else by Tollgate. */
  record(usage: UsageInput): Promise<void>
}
