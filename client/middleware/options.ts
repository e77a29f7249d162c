import type { ClientProblem, Meter } from '../model.ts'

/** The use of a request that the classifier does not know. */
export interface MeteredCall {
  readonly meter: string
  /** Base units of the meter; 1 without it. */
  readonly quantity?: number
  /**
   * True: authorized before the work and charged after it, so that work that fails costs nothing. False: counted from a lease,
   * which costs no request. Without it, true for all meters except those of basic interactions.
   */
  readonly isReserved?: boolean
}

/** The end of a request that was let through. */
export interface Outcome<Request> {
  readonly request: Request
  readonly meter: string
  /** The status that the service answered. */
  readonly status: number
}

/** A job that the service has started, and whose charge the service now reports itself. */
export interface StartedJob<Request> extends Outcome<Request> {
  readonly authorizationId: string
  readonly quantity: number
}

export interface MiddlewareOptions<Request> {
  /** A client, by `createClient`. */
  readonly client: Meter
  /** The client id of the app that calls, from a token that the service has verified. Without one, the answer is 401. */
  readonly appOf: (request: Request) => string | undefined | Promise<string | undefined>
  /**
   * Decides about requests of unknown meter; `missing` names the parts that it depends on.
   *
   * `reject`, the default: a job of unknown file type, and work of the other rated APIs, whose use is known only after it, are
   * answered 422. `pass`: they run, and are not metered.
   * A request to another API or path of the service always passes. A function decides about all of them, and may name the meter;
   * where it returns nothing, the default applies.
   */
  readonly onUnclassified?: 'reject' | 'pass' | UnclassifiedRule<Request>
  /**
   * Decides whether a request costs something after all. Without it: a job where the answer is 2xx except 201 (the derivative
   * existed already, so that nothing was started), and another call except with 401, 403, 429 or 5xx.
   */
  readonly isCharged?: (outcome: Outcome<Request>) => boolean
  /**
   * Takes over jobs that were started: the service captures or voids the authorization when the job has ended, so that a job
   * that fails later costs nothing. Without it, a job is charged once it is started.
   */
  readonly onStarted?: (job: StartedJob<Request>) => void
  /** Longest time between a job's authorization and its charge, 1 to 86,400; 3,600 without it. Then it costs nothing. */
  readonly holdSeconds?: number
  /** Gives refusals the status and body of APS, for callers that know only these, instead of a problem document. */
  readonly apsBody?: boolean
  /** Takes problems that the caller does not see, such as a charge that could not be reported. They are warnings without it. */
  readonly onProblem?: (problem: ClientProblem) => void
  /** Epoch milliseconds; the machine's clock without it. */
  readonly now?: () => number
}

export type UnclassifiedRule<Request> = (
  request: Request,
  missing: readonly string[],
) => MeteredCall | 'reject' | 'pass' | undefined
