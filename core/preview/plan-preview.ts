import { type Account, type Terms, termsAt } from '../account/account.ts'
import { advance } from '../advance.ts'
import type { Context } from '../catalog/context.ts'
import type { ChosenPlan } from '../commands/choose-plan.ts'
import type { Decision } from '../decision.ts'
import { type Charge, chargesOf } from '../journal/entry.ts'
import type { Instant } from '../time/time.ts'
import { outlook, type Refused } from './outlook.ts'

/** The consequences of a change of plan. */
export interface PlanPreview {
  /** The terms in force before it. */
  readonly from: Terms
  readonly effectiveAt: Instant
  /** Shortfall that it pays. */
  readonly paysShortfall: readonly Charge[]
  /** Refusals now, without the change. */
  readonly refusedNow: readonly Refused[]
  /** Refusals once the change is in force, if only time passes until then. */
  readonly refusedThen: readonly Refused[]
}

/** Shows the consequences of a decided change of plan. `before` has been advanced to `now`. */
export function previewPlan(
  before: Account,
  { account, entries, answer }: Decision<ChosenPlan>,
  { now, catalog }: Context,
): PlanPreview {
  const { effectiveAt = now } = answer
  const then = advance(account, effectiveAt, catalog).account
  return {
    from: termsAt(before, now),
    effectiveAt,
    paysShortfall: entries.flatMap(chargesOf),
    refusedNow: outlook(before, now, catalog).refused,
    refusedThen: outlook(then, effectiveAt, catalog).refused,
  }
}
