import type { RowResult } from '../answers.ts'
import type { Row, Times } from '../settling/row.ts'
import type { Desk } from './desk.ts'
import { type Lease, settleAtOf } from './lease.ts'

/** A lease that is asked for. */
export interface Ask {
  readonly authorizationId: string
  readonly quantity: number
  readonly quantityMin: number
  readonly holdSeconds: number
}

/** An ask, with its place in the spool's log and the function that takes its answer. */
export interface OpenAsk {
  readonly ask: Ask
  readonly place?: number
  readonly finish: (result: RowResult | undefined, times: Times) => void
}

interface Use {
  readonly appId: string
  readonly meter: string
}

interface Report {
  readonly lease: Lease
  readonly desk: Desk
  /** True for the last report: what is left of the lease is then given back. */
  readonly isLast: boolean
  readonly onClosed: () => void
}

/** The row that asks for a lease without a report. */
export function askRow({ appId, meter }: Use, { ask, finish }: OpenAsk): Row {
  return { body: { kind: 'authorization', appId, meter, ...ask }, finish }
}

/** The row that reports the use of a lease, and asks for the next one if there is an ask. */
export function reportRow(report: Report, open?: OpenAsk): Row {
  const { lease, desk, isLast } = report
  const used = lease.spent
  lease.reported = used
  lease.isReporting = true
  lease.reportedAt = desk.environment.elapsed()
  lease.settleAt = undefined
  const { authorizationId } = lease
  const body = { kind: 'capture', authorizationId, used, final: isLast, ...(open && { renew: open.ask }) }
  return {
    body,
    finish(result, times) {
      lease.isReporting = false
      if (result.capture === undefined) failReport(report, result)
      else if (isLast) close(report)
      else lease.settleAt = settleAtOf(result.capture.settleBy, times, desk.environment.random())
      // A report that failed made no renewal: the holder asks again.
      open?.finish(result.capture?.renewed, times)
    },
  }
}

/** Tollgate does not know the authorization, or not with this content: no repeat would change that. */
function failReport(report: Report, { status, problem }: RowResult): void {
  const { lease, desk } = report
  if (lease.spent > 0)
    desk.onProblem({ what: 'report', status, detail: `${lease.authorizationId}: ${problem?.title ?? ''}` })
  close(report)
}

function close({ lease, desk, onClosed }: Report): void {
  desk.log.close(lease.place)
  onClosed()
}
