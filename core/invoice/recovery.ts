import type { Account, Due } from '../account/account.ts'
import { dayMs, type Instant } from '../time/time.ts'

export type RecoveryAction = 'warn' | 'retry' | 'stop'

/**
 * The steps of recovering a due after its payment has failed, in days from the failure: three retries in 14 days, a warning
 * before each, then rated meters stop until it is paid (our default: aps-facts, section 3).
 */
export const recoverySteps: readonly { readonly day: number; readonly action: RecoveryAction }[] = [
  { day: 2, action: 'warn' },
  { day: 3, action: 'retry' },
  { day: 6, action: 'warn' },
  { day: 7, action: 'retry' },
  { day: 11, action: 'warn' },
  { day: 12, action: 'retry' },
  { day: 14, action: 'stop' },
]

/** The next step of a failed bill and the instant at which it falls due; undefined before a failure and after the last step. */
export function nextStep(bill: Due): { readonly at: Instant; readonly action: RecoveryAction } | undefined {
  const step = recoverySteps[bill.steps]
  return bill.failedAt === undefined || step === undefined
    ? undefined
    : { at: bill.failedAt + step.day * dayMs, action: step.action }
}

/** The instant at which a failed bill stops the rated meters unless it is paid before; undefined before a failure. */
export function stopsAt({ failedAt }: Due): Instant | undefined {
  const stop = recoverySteps.find((step) => step.action === 'stop')
  return failedAt === undefined || stop === undefined ? undefined : failedAt + stop.day * dayMs
}

/** A failed payment of a bill or charge-back, as its team sees it. */
export interface PaymentFailure {
  /** The instant of the first failed payment. */
  readonly failedAt: Instant
  /** The instant at which it is tried again; absent after the last try. */
  readonly retryAt?: Instant
  /** The instant at which it stops the rated meters unless it is paid before. */
  readonly stopsAt: Instant
}

/** The failed payment of a due, and the tries that follow; undefined before a failure. */
export function paymentFailure(due: Due): PaymentFailure | undefined {
  const { failedAt, steps } = due
  const stops = stopsAt(due)
  if (failedAt === undefined || stops === undefined) return undefined
  const retry = recoverySteps.slice(steps).find(({ action }) => action === 'retry')
  return { failedAt, ...(retry && { retryAt: failedAt + retry.day * dayMs }), stopsAt: stops }
}

/** True where a bill has stopped the rated meters: all its steps are done. */
export function isStopped(bill: Due): boolean {
  return bill.steps >= recoverySteps.length
}

/** The account with other dues. When none of them has stopped the rated meters, the stop ends. */
export function withDues(account: Account, dues: readonly Due[]): Account {
  return { ...account, dues, overdueSince: dues.some(isStopped) ? account.overdueSince : undefined }
}

/** The next act of the recovery workflow, which waits and asks again, and holds no rule. */
export type RecoveryVerdict =
  | { readonly verdict: 'done'; readonly outcome: 'paid' | 'stopped' }
  | { readonly verdict: 'wait'; readonly until: Instant }

export function recoveryVerdict(dues: readonly Due[]): RecoveryVerdict {
  const failed = dues.filter(({ failedAt }) => failedAt !== undefined)
  if (failed.length === 0) return { verdict: 'done', outcome: 'paid' }
  const steps = failed.flatMap((due) => nextStep(due)?.at ?? [])
  return steps.length === 0
    ? { verdict: 'done', outcome: 'stopped' }
    : { verdict: 'wait', until: Math.min(...steps) }
}
