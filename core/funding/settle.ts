import type { Account } from '../account/account.ts'
import { applyPaidShortfall } from '../account/charges.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Charge } from '../journal/entry.ts'
import type { Instant } from '../time/time.ts'
import { chargeFreely } from './charge.ts'

/**
 * What pays the shortfall now, oldest unit first, at the price at which each unit was completed; it stops at the first
 * unit that nothing covers without touching what backs open authorizations.
 */
export function settle(before: Account, now: Instant, catalog: Catalog): readonly Charge[] {
  const settled: Charge[] = []
  let account = before
  for (const { units, ...price } of before.shortfall) {
    const bill = { price, units, period: account.period }
    const paid = chargeFreely(account, bill, now, catalog, false).filter(
      ({ source }) => source !== 'shortfall',
    )
    settled.push(...paid)
    account = applyPaidShortfall(account, paid)
    if (account.shortfall[0] !== undefined && paid.reduce((sum, charge) => sum + charge.units, 0) < units)
      break
  }
  return settled
}
