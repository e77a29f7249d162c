import type { RowResult } from '../answers.ts'
import type { Row, Times } from '../settling/row.ts'
import type { Desk } from './desk.ts'
import { type Lease, settleAtOf } from './lease.ts'

/** A lease that is asked for, with its place in the spool's log and the function that takes its answer. */
export interface Ask {
  readonly body: {
    readonly authorizationId: string
    readonly quantity: number
    readonly quantityMin: number
    readonly holdSeconds: number
  }
  readonly place?: number
  readonly finish: (result: RowResult | undefined, times: Times) => void
}

interface Report {
  readonly lease: Lease
  readonly desk: Desk
  /** True for the last report: what is left of the lease is then given back. */
  readonly isLast: boolean
  readonly onClosed: () => void
  /** Asks for the next lease at the same time. */
  readonly ask?: Ask
}

/** The row that reports the use of a lease. */
export function reportRow({ lease, desk, isLast, onClosed, ask }: Report): Row {
  const { authorizationId, spent: used } = lease
  lease.reported = used
  lease.reportedAt = desk.environment.elapsed()
  lease.settleAt = undefined
  lease.isReporting = true
  return {
    body: { kind: 'capture', authorizationId, used, final: isLast, ...(ask && { renew: ask.body }) },
    finish({ capture, status, problem }, times) {
      lease.isReporting = false
      // Tollgate may not know the authorization, or not with this content: no repeat would change that.
      if (!capture && used > 0)
        desk.onProblem({ what: 'report', status, detail: `${authorizationId}: ${problem?.title}` })
      if (capture && !isLast) lease.settleAt = settleAtOf(capture.settleBy, times, desk.environment.random())
      else {
        desk.log.close(lease.place)
        onClosed()
      }
      // A report that failed made no renewal: the holder asks again.
      ask?.finish(capture?.renewed, times)
    },
  }
}
