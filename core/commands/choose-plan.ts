import { type Account, type Terms, termsAt } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import { ineligibility } from '../funding/pay-as-you-go.ts'
import { payShortfall } from '../funding/pay-shortfall.ts'
import { record } from '../journal/record.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { type Instant, periodEnd } from '../time/time.ts'

/** A whole plan: an absent part is off. */
export interface ChoosePlan {
  readonly kind: 'choose-plan'
  readonly plan: 'free' | 'paid'
  readonly payAsYouGo: boolean
  readonly spendLimitUsdCents?: number
}

export interface ChosenPlan {
  /** The instant at which a change that waits for the next period takes effect; absent when it is in force now. */
  readonly effectiveAt?: Instant
}

/**
 * Chooses a plan. To paid, and from no plan, at once; from paid to free with the next period. Pay-as-you-go that begins, or
 * a higher limit, pays shortfall first.
 */
export function choosePlan(
  account: Account,
  command: ChoosePlan,
  { now, catalog }: Context,
): Decision<ChosenPlan> | Refusal {
  const { plan, payAsYouGo } = command
  const because = payAsYouGo ? ineligibility(account.profile, now, catalog) : undefined
  if (because !== undefined) return refuse('PAY_AS_YOU_GO_NOT_ELIGIBLE', { because })
  const isLater = plan === 'free' && termsAt(account, now).plan === 'paid'
  const terms: Terms = { from: isLater ? periodEnd(account.period) : now, plan, payAsYouGo }
  const spendLimitUsdCents = isLater ? account.spendLimitUsdCents : command.spendLimitUsdCents
  if (isAlready(account, terms, spendLimitUsdCents)) return unchanged(account, answerOf(account, now))
  const body = { kind: 'plan-changed', terms, spendLimitUsdCents } as const
  const changed = record(account, now, { ...body, paidShortfall: [] }).account
  const next = record(account, now, { ...body, paidShortfall: payShortfall(changed, now, catalog) })
  return { account: next.account, entries: [next.entry], answer: answerOf(next.account, now) }
}

/** The plan that a customer has chosen for the next period, if it differs from today's. */
export function comingTerms(account: Account, now: Instant): Terms | undefined {
  const last = account.terms.at(-1)
  return last !== undefined && last.from > now ? last : undefined
}

function answerOf(account: Account, now: Instant): ChosenPlan {
  const coming = comingTerms(account, now)
  return coming === undefined ? {} : { effectiveAt: coming.from }
}

function isAlready(account: Account, terms: Terms, spendLimitUsdCents: number | undefined): boolean {
  const last = account.terms.at(-1)
  const isSame = last?.plan === terms.plan && last.payAsYouGo === terms.payAsYouGo
  return isSame && account.spendLimitUsdCents === spendLimitUsdCents
}
