import type { EventResult } from './batch-answer.ts'
import type { Queued } from './event-queue.ts'
import type { EventProblem } from './record-errors.ts'

/** The status of an event of a busy team: it may be sent again as it is. */
const busyStatus = 503

/** One event of a batch, with the meaning of its answer. */
export interface Row {
  readonly item: Queued
  readonly verdict: 'recorded' | 'duplicate' | 'rejected' | 'again'
  readonly problem?: EventProblem
}

/** Reads the answer of one event. */
export function judge(item: Queued, result: EventResult | undefined): Row {
  const { status = 'rejected', problem } = result ?? {}
  if (status !== 'rejected') return { item, verdict: status }
  if (problem?.status === busyStatus) return { item, verdict: 'again', problem }
  // An earlier process sent the event, with the time as its own comparison of the clocks gave it.
  const { clocks, isOwnId } = item.event
  const isBoundByUs = problem?.code === 'IDEMPOTENCY_CONFLICT' && clocks !== undefined && isOwnId === true
  return isBoundByUs ? { item, verdict: 'duplicate' } : { item, verdict: 'rejected', problem }
}

/** The longest pause that the teams of busy events ask for. */
export function longestPauseMs(busy: readonly Row[]): number {
  return Math.max(...busy.map(({ problem }) => (problem?.retryAfterSeconds ?? 1) * 1000))
}
