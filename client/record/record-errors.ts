import type { Problem } from '../answers.ts'
import type { StoredEvent } from './stored-event.ts'

/** Tollgate rejected a usage event: it is recorded nowhere, and a repeat gets the same answer. */
export class UsageRejected extends Error {
  override readonly name = 'UsageRejected'
  readonly event: StoredEvent
  readonly problem: EventProblem

  constructor(event: StoredEvent, problem: EventProblem) {
    super(`usage event ${event.id} was rejected: ${problem.code ?? problem.title}`)
    this.event = event
    this.problem = problem
  }
}

/** Without a spool, too many events wait for an answer. The event was not accepted. */
export class RecorderFull extends Error {
  override readonly name = 'RecorderFull'
}

/** The recorder is closed. An event that waited for its answer may have been recorded or not. */
export class RecorderClosed extends Error {
  override readonly name = 'RecorderClosed'
}

/** The reason why an event was rejected. `status` is that of a single call with this problem, where it is known. */
export type EventProblem = Omit<Problem, 'status'> & {
  readonly status?: number
  readonly retryAfterSeconds?: number
}
