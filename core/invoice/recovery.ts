import type { Unpaid } from '../account/account.ts'
import { dayMs, type Instant } from '../time/time.ts'

export type RecoveryAction = 'warn' | 'retry' | 'stop'

/**
 * The steps of recovering a bill after its payment has failed, in days from the failure: three retries in 14 days, a warning
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
export function nextStep(
  bill: Unpaid,
): { readonly at: Instant; readonly action: RecoveryAction } | undefined {
  const step = recoverySteps[bill.steps]
  return bill.failedAt === undefined || step === undefined
    ? undefined
    : { at: bill.failedAt + step.day * dayMs, action: step.action }
}

/** The instant at which a failed bill stops the rated meters unless it is paid before; undefined before a failure. */
export function stopsAt({ failedAt }: Unpaid): Instant | undefined {
  const stop = recoverySteps.find((step) => step.action === 'stop')
  return failedAt === undefined || stop === undefined ? undefined : failedAt + stop.day * dayMs
}

/** True where a bill has stopped the rated meters: all its steps are done. */
export function isStopped(bill: Unpaid): boolean {
  return bill.steps >= recoverySteps.length
}

/** The next act of the recovery workflow, which waits and asks again, and holds no rule. */
export type RecoveryVerdict =
  | { readonly verdict: 'done'; readonly outcome: 'paid' | 'stopped' }
  | { readonly verdict: 'wait'; readonly until: Instant }

export function recoveryVerdict(bill: Unpaid | undefined): RecoveryVerdict {
  if (bill === undefined) return { verdict: 'done', outcome: 'paid' }
  const next = nextStep(bill)
  return next === undefined ? { verdict: 'done', outcome: 'stopped' } : { verdict: 'wait', until: next.at }
}
