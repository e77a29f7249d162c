import { type Account, meterState, spentUsdCents, termsAt } from '../account/account.ts'
import { ratesAt } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import { includedUse } from '../funding/included.ts'
import { isPayAsYouGo } from '../funding/pay-as-you-go.ts'
import { dayMs, dayOf, type Instant, periodEnd } from '../time/time.ts'
import type { CourseDay } from './course.ts'
import { averagePace, type DayUse, historyOf } from './history.ts'

/** An amount of this month, and the day on which it is used up at the average pace; absent where that is not in this month. */
export interface LimitAhead {
  readonly kind: 'included' | 'free' | 'spend' | 'app'
  /** Absent for the spend limit. */
  readonly meter?: string
  /** Only for the limit of an app. */
  readonly appId?: string
  /** Base units; US cents for the spend limit. */
  readonly used: number
  readonly limit: number
  readonly reachedOn?: Instant
}

/** The included and free amounts and the spend limit of the current month, with the days on which they are used up. */
export function limitsAhead(
  account: Account,
  month: readonly CourseDay[],
  context: Context,
): readonly LimitAhead[] {
  return [
    ...includedAhead(account, month, context),
    ...freeAhead(account, month, context),
    ...spendAhead(account, month, context),
  ]
}

function includedAhead(account: Account, month: readonly CourseDay[], context: Context): LimitAhead[] {
  return includedUse(account, context).map(({ meter, used, limit }) => {
    const usedBy = (later: Account) => meterState(later, meter).current.included ?? 0
    return {
      kind: 'included',
      meter,
      used,
      limit,
      ...firstDay(account, month, (later) => usedBy(later) >= limit),
    }
  })
}

function freeAhead(account: Account, month: readonly CourseDay[], { now, catalog }: Context): LimitAhead[] {
  if (termsAt(account, now).plan === 'paid') return []
  return ratesAt(catalog, now).map(({ meter, freePerPeriod: limit }) => {
    const usedBy = (later: Account) => meterState(later, meter).current.free
    const used = usedBy(account)
    return {
      kind: 'free',
      meter,
      used,
      limit,
      ...firstDay(account, month, (later) => usedBy(later) >= limit),
    }
  })
}

function spendAhead(account: Account, month: readonly CourseDay[], { now, catalog }: Context): LimitAhead[] {
  const limit = account.spendLimitUsdCents
  if (limit === undefined || !isPayAsYouGo(account, now, catalog)) return []
  const used = spentUsdCents(account, 'current')
  const unpaid = month.find(({ unpaidUnits }) => unpaidUnits > 0)?.at
  return [{ kind: 'spend', used, limit, ...(unpaid !== undefined && { reachedOn: unpaid }) }]
}

/** The team's own limits of apps, each at the average pace of its app. `rows` contains the use of each of these apps. */
export function appLimitsAhead(
  { limits, period }: Account,
  rows: ReadonlyMap<string, readonly DayUse[]>,
  now: Instant,
): readonly LimitAhead[] {
  return limits.map(({ appId, meter, perPeriod, used }) => {
    const own = (rows.get(appId) ?? []).filter((row) => row.meter === meter)
    const history = historyOf(own, now)
    const pace = averagePace(history)
    const usedToday = own.find(({ day }) => day === dayOf(now))?.quantity ?? 0
    let left = perPeriod - used
    let day = history.today
    for (; day < periodEnd(period); day += dayMs) {
      left -= Math.max(0, pace(meter, day) - (day === history.today ? usedToday : 0))
      if (left <= 0) break
    }
    const isReached = day < periodEnd(period)
    return { kind: 'app', appId, meter, used, limit: perPeriod, ...(isReached && { reachedOn: day }) }
  })
}

/** The day by whose end an amount is used up; today where it is already. */
function firstDay(
  account: Account,
  month: readonly CourseDay[],
  isReached: (account: Account) => boolean,
): { readonly reachedOn?: Instant } {
  const day = isReached(account) ? month[0] : month.find((later) => isReached(later.account))
  return day === undefined ? {} : { reachedOn: day.at }
}
