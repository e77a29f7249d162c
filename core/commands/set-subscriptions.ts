import type { Account } from '../account/account.ts'
import { subscriptionRowsMax } from '../account/bounds.ts'
import { replaceSubscriptions, type Subscription } from '../account/subscriptions.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import { record } from '../journal/record.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { type Instant, nextPeriod, periodEnd } from '../time/time.ts'

export interface SetSubscriptions {
  readonly kind: 'set-subscriptions'
  /** All subscriptions of the team, at most `subscriptionsMax`. */
  readonly subscriptions: readonly Subscription[]
}

/**
 * Sets the team's subscriptions. What is taken away stays until the month's end, and until the next one's where an open
 * authorization crosses it, so an authorization keeps what it counts on. Returns the rows that count from now on. Refuses
 * `TOO_MANY_SUBSCRIPTIONS` where these would be too many together with what stays.
 */
export function setSubscriptions(
  account: Account,
  { subscriptions }: SetSubscriptions,
  { now }: Context,
): Decision<readonly Subscription[]> | Refusal {
  const rows = replaceSubscriptions(account.subscriptions, subscriptions, {
    now,
    keptUntil: keptUntil(account),
  })
  if (rows.length > subscriptionRowsMax) return refuse('TOO_MANY_SUBSCRIPTIONS')
  if (JSON.stringify(rows) === JSON.stringify(account.subscriptions)) return unchanged(account, rows)
  const next = record(account, now, { kind: 'subscriptions-changed', subscriptions: rows })
  return { account: next.account, entries: [next.entry], answer: rows }
}

function keptUntil({ meters, period }: Account): Instant {
  const end = periodEnd(period)
  const holds = Object.values(meters).flatMap(({ free, paid }) => [...free, ...paid])
  return holds.some(({ expiresAt }) => expiresAt > end) ? periodEnd(nextPeriod(period)) : end
}
