import type { Account } from '../account/account.ts'
import { applyPaidShortfall } from '../account/charges.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Charge } from '../journal/entry.ts'
import type { Instant } from '../time/time.ts'
import { chargeUnheld } from './charge.ts'

/**
 * Pays the shortfall now, oldest unit first, at the price at which each unit was completed. Stops at the first unit that
 * cannot be paid without touching the backing of open authorizations. Returns the charges that pay.
 */
export function payShortfall(before: Account, now: Instant, catalog: Catalog): readonly Charge[] {
  const all: Charge[] = []
  let account = before
  for (const { entry, units, ...price } of before.shortfall) {
    const completed = { price, units, period: account.period }
    const charges = chargeUnheld(account, completed, { now, catalog, usedAt: now })
    const paying = charges.flatMap((charge) =>
      charge.source === 'shortfall' ? [] : [{ ...charge, pays: entry }],
    )
    all.push(...paying)
    account = applyPaidShortfall(account, paying)
    const isPaid = paying.reduce((sum, charge) => sum + charge.units, 0) === units
    if (!isPaid) break
  }
  return all
}
