import { type Account, type Profile, termsAt } from '../account/account.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Instant } from '../time.ts'
import { type SpendLeft, spendLeft } from './backing.ts'

export type Ineligibility = 'country' | 'payment-method' | 'standing'

/** Which of the three conditions of pay-as-you-go fails first, or undefined when none does (aps-facts, section 3). */
export function ineligibility(profile: Profile, catalog: Catalog): Ineligibility | undefined {
  if (!catalog.payAsYouGoCountries.includes(profile.country)) return 'country'
  if (profile.paymentMethod === 'none') return 'payment-method'
  return profile.standing === 'good' ? undefined : 'standing'
}

/** Whether pay-as-you-go is chosen, and still allowed, at an instant. */
export function isPayAsYouGo(account: Account, at: Instant, catalog: Catalog): boolean {
  return termsAt(account, at).payAsYouGo && ineligibility(account.profile, catalog) === undefined
}

/** What pay-as-you-go may still spend for new work; undefined when it is not in force. */
export function spendable(account: Account, now: Instant, catalog: Catalog): SpendLeft | undefined {
  return isPayAsYouGo(account, now, catalog) ? spendLeft(account, account.spendLimitUsdCents) : undefined
}
