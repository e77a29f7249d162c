import { closesAt, type Instant, periodOf, previousPeriod } from '../time/time.ts'
import type { Account, AppLimit, Tally } from './account.ts'
import { liveBudgets } from './budgets.ts'
import { dropExpired } from './holds.ts'
import { isEmptyTally, mapMeters } from './meters.ts'
import { dropGivenUp } from './pending-purchases.ts'

/**
 * Applies what time changes without an entry: holds that are over, months in which nothing was counted, and purchases that
 * can no longer be paid.
 */
export function tidy(before: Account, at: Instant): Account {
  const { budgets: _, ...account } = dropGivenUp(before, at)
  const limits = account.limits.map((limit) => ({ ...limit, held: dropExpired(limit.held, at) }))
  const isClosed = at >= closesAt(previousPeriod(account.period))
  const meters = mapMeters(account, (state) => ({
    ...state,
    previous: isClosed ? withoutAmounts(state.previous) : state.previous,
    free: dropExpired(state.free, at),
    paid: dropExpired(state.paid, at),
  }))
  const isNewPeriod = isUntouched(meters, limits) && periodOf(at) > account.period
  return {
    ...account,
    ...liveBudgets(before, at),
    meters,
    limits,
    period: isNewPeriod ? periodOf(at) : account.period,
  }
}

/** Free and included amounts of a month that is closed count no longer. */
function withoutAmounts({ included: _, ...tally }: Tally): Tally {
  return { ...tally, free: 0 }
}

/** True where nothing was counted in the account's period or the one before: a new month then changes nothing. */
function isUntouched(meters: Account['meters'], limits: readonly AppLimit[]): boolean {
  return (
    Object.values(meters).every((state) => isEmptyTally(state.current) && isEmptyTally(state.previous)) &&
    limits.every((limit) => limit.used === 0)
  )
}
