import type { Environment } from '../environment.ts'
import type { ClientProblem, UsageInput } from '../model.ts'
import type { RowSource } from '../settling/row.ts'
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
  readonly wake: (team: Team, source: RowSource) => void
  /** Has the wait of calls end in time. */
  readonly watch: () => void
  /** True while the team's next request is later than a call may wait. */
  readonly isOut: (team: Team) => boolean
  /** Records use that was admitted in an outage. False where the meter stops instead. */
  readonly recordLater: (use: UsageInput) => boolean
  readonly onProblem: (problem: ClientProblem) => void
}
