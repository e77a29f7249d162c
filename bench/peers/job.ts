import type { Opening } from './peer.ts'

/** Calls as fast as the callers can, of each team in turn. */
export interface RateRun {
  readonly kind: 'rate'
  readonly teamIds: readonly string[]
  /** Time before the measured time, and number of calls. */
  readonly warmUpMs: number
  readonly warmUpCalls: number
  readonly measureMs: number
}

/** Calls of one team until each caller has been refused. */
export interface SpendRun {
  readonly kind: 'spend'
  readonly teamId: string
  /** Makes the ids of this process different from those of the others. */
  readonly name: string
}

/** Calls of one team with pauses, in a log. Before, it repeats the calls of the log that have no answer. */
export interface LoggedRun {
  readonly kind: 'logged'
  readonly teamId: string
  /** Makes the ids of this run different from those of the others. */
  readonly name: string
  readonly durationMs: number
  readonly pauseMsMax: number
  readonly logFile: string
}

/** The work of one process. */
export interface Job {
  /** URL of the peer's module. */
  readonly module: string
  readonly opening: Opening
  readonly run: RateRun | SpendRun | LoggedRun
}

export interface RateResult {
  /** Calls and seconds of the measured time, after the warm-up. */
  readonly calls: number
  readonly seconds: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Calls and HTTP requests of the whole life of the process. */
  readonly allCalls: number
  readonly httpRequests: number
}

export interface SpendResult {
  readonly admitted: number
}

/** Messages of the process. `calling` follows the first answer of a logged run. */
export type Message = { readonly calling: true } | { readonly error: string } | { readonly result: object }
