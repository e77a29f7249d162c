import { type Account, type Terms, termsAt } from '../account/account.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { ineligibility } from '../funding/pay-as-you-go.ts'
import { settle } from '../funding/settle.ts'
import type { Entry } from '../journal/entry.ts'
import { record } from '../journal/fold.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { type Instant, periodEnd } from '../time/time.ts'

export interface ChangePlan {
  readonly plan: 'free' | 'paid'
  readonly payAsYouGo: boolean
  readonly spendLimitUsdCents?: number
}

export interface Changed {
  readonly account: Account
  /** Absent when the account is already as asked. */
  readonly entry?: Entry
}

/**
 * Chooses a plan, whole: what is not asked for is off. To paid, and from no plan, at once; from paid to free with the next
 * period. Pay-as-you-go that begins, or a higher limit, pays shortfall first.
 */
export function changePlan(
  account: Account,
  command: ChangePlan,
  now: Instant,
  catalog: Catalog,
): Changed | Refusal {
  const { plan, payAsYouGo } = command
  const fails = payAsYouGo ? ineligibility(account.profile, catalog) : undefined
  if (fails !== undefined) return refuse('PAY_AS_YOU_GO_NOT_ELIGIBLE', { because: fails })
  const inForce = termsAt(account, now)
  const isLater = plan === 'free' && inForce.plan === 'paid'
  const terms: Terms = { from: isLater ? periodEnd(account.period) : now, plan, payAsYouGo }
  const spendLimitUsdCents = isLater ? account.spendLimitUsdCents : command.spendLimitUsdCents
  if (isAlready(account, terms, spendLimitUsdCents)) return { account }
  const body = { kind: 'plan-changed', terms, spendLimitUsdCents } as const
  const changed = record(account, now, { ...body, settled: [] }).account
  return record(account, now, { ...body, settled: settle(changed, now, catalog) })
}

/** The plan that a customer has chosen for the next period, where it differs from today's. */
export function comingTerms(account: Account, now: Instant): Terms | undefined {
  const last = account.terms.at(-1)
  return last !== undefined && last.from > now ? last : undefined
}

function isAlready(account: Account, terms: Terms, spendLimitUsdCents: number | undefined): boolean {
  const last = account.terms.at(-1)
  const isSame = last?.plan === terms.plan && last.payAsYouGo === terms.payAsYouGo
  return isSame && account.spendLimitUsdCents === spendLimitUsdCents
}
