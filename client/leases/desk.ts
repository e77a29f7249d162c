import type { Environment } from '../environment.ts'
import type { ClientProblem, UsageInput } from '../model.ts'
import type { Settler } from '../settling/settler.ts'
import type { Team } from '../settling/team.ts'
import type { UseLog } from './use-log.ts'

/** The part of the client that all holders share. */
export interface Desk {
  readonly environment: Environment
  readonly log: UseLog
  /** The most processes that draw on one team at the same time. */
  readonly holders: number
  /** The team of an app, or a stand-in until an answer has named it. */
  readonly teamOf: (appId: string, teamId?: string) => Team
  readonly wake: Settler['wake']
  readonly pause: Settler['pause']
  /** The longest that a call waits for an answer. */
  readonly callTimeoutMs: number
  /** Has the use of an admitted call recorded afterwards. False where the meter stops in an outage instead. */
  readonly recordLater: (use: UsageInput) => boolean
  readonly onProblem: (problem: ClientProblem) => void
}
