import type { ClientProblem, Meter } from './model.ts'
import type { Spool } from './spool-model.ts'
import type { Access } from './transport/node-environment.ts'

/**
 * The behaviour of a meter while Tollgate cannot be reached and no lease is left.
 *
 * `stop`: calls are answered `unavailable`. At worst, customers who can pay are turned away until Tollgate answers again.
 *
 * `record`: calls are allowed, and recorded as usage events afterwards. At worst, nobody can pay for them: all use of the outage
 * becomes shortfall or passes a free amount. A process that is killed loses the use of its last second.
 */
export type Outage = 'stop' | 'record'

/** Base units that were admitted, given back, and admitted without Tollgate; numbers of calls that were not admitted. */
export interface Counts {
  readonly allowed: number
  readonly returned: number
  readonly recordedLater: number
  readonly denied: number
  readonly unavailable: number
}

export interface Telemetry {
  /** Called about once a second for each app and meter. The object of the counts stays the same, and grows. */
  readonly count: (meter: string, counts: Counts) => void
  /** Called after each request. `status` is 0 where no answer came. */
  readonly request: (request: RequestEnd) => void
}

export interface RequestEnd {
  readonly rows: number
  readonly status: number
  readonly durationMs: number
}

export interface ClientOptions extends Access {
  /** For all meters, or by meter; `stop` for those without one. */
  readonly outage?: Outage | Readonly<Record<string, Outage>>
  /** The most processes that call for one team at the same time; 64 without it. With more, the last units are shared unevenly. */
  readonly holders?: number
  /** The longest that a call waits for an answer, in milliseconds; 2,000 without it. */
  readonly callTimeoutMs?: number
  /** A folder that survives kill -9, by `openSpool`. Without it, a killed process loses its use since the last reports. */
  readonly spool?: Spool
  /** Hooks for counts and requests; `@tollgate/client/telemetry` makes them from OpenTelemetry's instruments. */
  readonly telemetry?: Telemetry
  /** Takes problems that no caller waits for; the client goes on by itself. Without it, they are warnings of the process. */
  readonly onProblem?: (problem: ClientProblem) => void
}

export interface TollgateClient extends Meter, AsyncDisposable {
  /** Reports all use and records until now. Resolves when Tollgate has answered, or after ten seconds. */
  flush(): Promise<void>
  /** Admits nothing any more, reports all use and returns all leases. Resolves as `flush` does. */
  close(): Promise<void>
}
