import { type Account, type Terms, termsAt } from '../account/account.ts'
import { advance } from '../advance.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { type Changed, comingTerms } from '../commands/choose-plan.ts'
import { type Charge, chargesOf } from '../journal/entry.ts'
import type { Instant } from '../time/time.ts'
import { outlook, type Refused } from './outlook.ts'

/** What a change of plan would come to. */
export interface PlanPreview {
  /** The terms in force before it. */
  readonly from: Terms
  readonly effectiveAt: Instant
  /** Shortfall that it pays. */
  readonly settles: readonly Charge[]
  /** What is refused without the change, now. */
  readonly refusedNow: readonly Refused[]
  /** What would be refused once it is in force, if nothing but time passes until then. */
  readonly refusedThen: readonly Refused[]
}

/** Looks at a decided change without making it. `before` has been advanced to `now`. */
export function previewPlan(before: Account, changed: Changed, now: Instant, catalog: Catalog): PlanPreview {
  const { account, entry } = changed
  const effectiveAt = comingTerms(account, now)?.from ?? now
  const then = advance(account, effectiveAt, catalog).account
  return {
    from: termsAt(before, now),
    effectiveAt,
    settles: entry === undefined ? [] : chargesOf(entry),
    refusedNow: outlook(before, now, catalog).refused,
    refusedThen: outlook(then, effectiveAt, catalog).refused,
  }
}
