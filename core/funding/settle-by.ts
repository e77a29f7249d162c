import type { Account } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import { endAfter } from '../catalog/names.ts'
import { earliest, type Instant, periodEnd } from '../time/time.ts'

/**
 * The next instant at which use of a meter would count or cost differently: the end of the meter, a card that names it, or for
 * rated use the end of the month or of the plan. Open use should be reported before it. Undefined where nothing is to come.
 */
export function settleByOf(
  account: Account,
  meter: string,
  isRated: boolean,
  { now, catalog }: Context,
): Instant | undefined {
  const card = catalog.rateCards.find(
    ({ effectiveAt, meters }) => effectiveAt > now && meters.some((rate) => rate.meter === meter),
  )
  const next = earliest(endAfter(catalog, meter, now), card?.effectiveAt)
  if (!isRated) return next
  const terms = account.terms.find(({ from }) => from > now)
  return earliest(next, terms?.from, periodEnd(account.period))
}
