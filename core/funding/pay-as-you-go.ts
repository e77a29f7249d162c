import { type Account, type Profile, spentUsdCents, termsAt } from '../account/account.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import { versionAt } from '../catalog/versions.ts'
import { type Instant, periodEnd } from '../time/time.ts'

export type Ineligibility = 'country' | 'payment-method' | 'standing'

export const payAsYouGoPaymentMethods = [
  'credit-card',
  'paypal',
] as const satisfies Profile['paymentMethod'][]

export interface Condition {
  readonly condition: Ineligibility
  readonly met: boolean
}

/** The three conditions of pay-as-you-go at an instant, in the order in which they are reported (aps-facts, section 3). */
export function conditionsOf(profile: Profile, at: Instant, catalog: Catalog): readonly Condition[] {
  const countries = versionAt(catalog.payAsYouGoCountries, at)?.countries ?? []
  return [
    { condition: 'country', met: countries.includes(profile.country) },
    {
      condition: 'payment-method',
      met: payAsYouGoPaymentMethods.some((method) => method === profile.paymentMethod),
    },
    { condition: 'standing', met: profile.standing === 'good' },
  ]
}

/** The first of the three conditions that fails, or undefined when none does. */
export function ineligibility(profile: Profile, at: Instant, catalog: Catalog): Ineligibility | undefined {
  return conditionsOf(profile, at, catalog).find(({ met }) => !met)?.condition
}

/** True if pay-as-you-go is chosen, and still allowed, at an instant. */
export function isPayAsYouGo(account: Account, at: Instant, catalog: Catalog): boolean {
  return termsAt(account, at).payAsYouGo && ineligibility(account.profile, at, catalog) === undefined
}

/** The team's monthly spend limit in US cents; infinite when it has none. */
export function spendLimitOf(account: Pick<Account, 'spendLimitUsdCents'>): number {
  return account.spendLimitUsdCents ?? Number.POSITIVE_INFINITY
}

/**
 * US cents that pay-as-you-go may still spend on new work in the period of `at`: what is left of the limit in the current
 * period, the whole limit in one that has not begun. Undefined when pay-as-you-go is not in force now.
 */
export function spendLeftAt(account: Account, at: Instant, { now, catalog }: Context): number | undefined {
  if (!isPayAsYouGo(account, now, catalog)) return undefined
  const limit = spendLimitOf(account)
  const spent = at < periodEnd(account.period) ? spentUsdCents(account, 'current') : 0
  return Math.max(0, limit - spent)
}
