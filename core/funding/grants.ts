import type { Account, Terms } from '../account/account.ts'
import { dayMs, type Instant, minuteMs } from '../time/time.ts'
import { lastHoldEnd } from './demand.ts'

/*
 * The account does not record which of its holds were granted with pay-as-you-go. The terms of the last day bound it: no
 * hold is longer. Where these terms differ, a charge leaves alone what either kind of hold may need.
 */

/** The longest hold: a day, with its end rounded up to a quarter of an hour. */
export const holdMaxMs = dayMs + 15 * minuteMs

/** True if pay-as-you-go may back some open authorizations of a paid plan, because they may have been granted with it. */
export function mayHoldMoney(account: Account, now: Instant): boolean {
  return lastHoldEnd(account) !== undefined && recentTerms(account, now).some(({ payAsYouGo }) => payAsYouGo)
}

/** True if pay-as-you-go may back some open authorizations of a paid plan, while tokens alone may back others. */
export function mayHoldMoneyAndTokens(account: Account, now: Instant): boolean {
  const isTokensOnly = ({ plan, payAsYouGo }: Terms) => plan === 'paid' && !payAsYouGo
  return mayHoldMoney(account, now) && recentTerms(account, now).some(isTokensOnly)
}

/** The terms under which a hold that is still open may have been granted. */
function recentTerms({ terms }: Account, now: Instant): readonly Terms[] {
  return terms.filter(({ from }, index) => {
    const until = terms[index + 1]?.from ?? Number.POSITIVE_INFINITY
    return from <= now && until > now - holdMaxMs
  })
}
