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
  readonly reason?: string | undefined
  /** The rows that the caller has read: nothing is set where others are in force by now. */
  readonly expected?: readonly Subscription[] | undefined
}

/**
 * Sets the team's subscriptions. What is taken away stays until the month's end, and until the next one's where an open
 * authorization crosses it, so an authorization keeps what it counts on. Returns the rows that count from now on. Refuses
 * `TOO_MANY_SUBSCRIPTIONS` where these would be too many together with what stays.
 */
export function setSubscriptions(
  account: Account,
  { subscriptions, reason, expected }: SetSubscriptions,
  { now }: Context,
): Decision<readonly Subscription[] | 'stale'> | Refusal {
  if (expected !== undefined && !isSame(expected, account.subscriptions)) return unchanged(account, 'stale')
  const rows = replaceSubscriptions(account.subscriptions, subscriptions, {
    now,
    keptUntil: keptUntil(account),
  })
  if (rows.length > subscriptionRowsMax) return refuse('TOO_MANY_SUBSCRIPTIONS')
  if (isSame(rows, account.subscriptions)) return unchanged(account, rows)
  const next = record(account, now, {
    kind: 'subscriptions-changed',
    subscriptions: rows,
    ...(reason !== undefined && { reason }),
  })
  return { account: next.account, entries: [next.entry], answer: rows }
}

function isSame(a: readonly Subscription[], b: readonly Subscription[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function keptUntil({ meters, period }: Account): Instant {
  const end = periodEnd(period)
  const holds = Object.values(meters).flatMap(({ free, paid }) => [...free, ...paid])
  return holds.some(({ expiresAt }) => expiresAt > end) ? periodEnd(nextPeriod(period)) : end
}
