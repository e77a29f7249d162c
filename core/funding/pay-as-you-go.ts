import { type Account, type Profile, termsAt } from '../account/account.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Instant } from '../time/time.ts'
import { type SpendLeft, spendLeft } from './backing.ts'

export type Ineligibility = 'country' | 'payment-method' | 'standing'

export const payAsYouGoPaymentMethods = [
  'credit-card',
  'paypal',
] as const satisfies Profile['paymentMethod'][]

export interface Condition {
  readonly condition: Ineligibility
  readonly met: boolean
}

/** The three conditions of pay-as-you-go, in the order in which they are reported (aps-facts, section 3). */
export function conditionsOf(profile: Profile, catalog: Catalog): readonly Condition[] {
  return [
    { condition: 'country', met: catalog.payAsYouGoCountries.includes(profile.country) },
    {
      condition: 'payment-method',
      met: payAsYouGoPaymentMethods.some((method) => method === profile.paymentMethod),
    },
    { condition: 'standing', met: profile.standing === 'good' },
  ]
}

/** Which of the three conditions fails first, or undefined when none does. */
export function ineligibility(profile: Profile, catalog: Catalog): Ineligibility | undefined {
  return conditionsOf(profile, catalog).find(({ met }) => !met)?.condition
}

/** Whether pay-as-you-go is chosen, and still allowed, at an instant. */
export function isPayAsYouGo(account: Account, at: Instant, catalog: Catalog): boolean {
  return termsAt(account, at).payAsYouGo && ineligibility(account.profile, catalog) === undefined
}

/** What pay-as-you-go may still spend for new work; undefined when it is not in force. */
export function spendable(account: Account, now: Instant, catalog: Catalog): SpendLeft | undefined {
  return isPayAsYouGo(account, now, catalog) ? spendLeft(account, account.spendLimitUsdCents) : undefined
}
