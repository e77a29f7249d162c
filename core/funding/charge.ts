import { type Account, meterState, spentUsdCents, tokensLeft } from '../account/account.ts'
import type { Catalog, Rate } from '../catalog/catalog.ts'
import type { Authorization, Charge } from '../journal/entry.ts'
import type { Instant, Period } from '../time/time.ts'
import { Backing, isFundable } from './backing.ts'
import { draw } from './lots.ts'
import { isPayAsYouGo, spendable } from './pay-as-you-go.ts'
import { largest } from './search.ts'

export type Price = Pick<Rate, 'meter' | 'milliTokensPerUnit' | 'usdCentsPerUnit'>

/** Completed units that are to be paid now, at one price. `period` is the bill that pay-as-you-go would go on. */
export interface Bill {
  readonly price: Price
  readonly units: number
  readonly period: Period
}

/**
 * Pays units of work that nothing was held for: each by the first source that leaves the backing rule intact for what is
 * still open, else as shortfall. `wasPayAsYouGo`: it was in force at the time of the work, so it may still be billed.
 */
export function chargeFreely(
  account: Account,
  bill: Bill,
  now: Instant,
  catalog: Catalog,
  wasPayAsYouGo: boolean,
): readonly Charge[] {
  const { price, units, period } = bill
  const spend = spendable(account, now, catalog)
  const backing = new Backing(account, now, catalog, spend)
  const byTokens = tokenUnits(account, bill, (milliTokens) => backing.isIntactAfter(milliTokens, 0))
  const drawn = byTokens * price.milliTokensPerUnit
  const isCurrent = period === account.period
  const leavesBacking = (usdCents: number) =>
    spend === undefined || backing.isIntactAfter(drawn, isCurrent ? usdCents : 0)
  const isAllowed = wasPayAsYouGo || spend !== undefined
  const room = isAllowed ? roomUsdCents(account, account.spendLimitUsdCents, isCurrent) : -1
  const byMoney = moneyUnits(
    units - byTokens,
    price,
    (usdCents) => usdCents <= room && leavesBacking(usdCents),
  )
  return charges(account, bill, byTokens, byMoney)
}

/**
 * Pays units that an authorization holds: what was promised at its grant pays, tokens first. `account` is the one after
 * the capture's release and usage, so that what is checked is only what must be left for the other authorizations.
 */
export function chargeHeld(
  account: Account,
  bill: Bill,
  now: Instant,
  catalog: Catalog,
  authorization: Authorization,
): readonly Charge[] {
  const granted = authorization.spendLimitUsdCents
  const isPromised = (milliTokens: number) =>
    granted !== undefined || isFundable(account, now, catalog, milliTokens)
  const byTokens = tokenUnits(account, bill, isPromised)
  const limits = [
    ...(granted === undefined ? [] : [granted ?? Number.POSITIVE_INFINITY]),
    ...(isPayAsYouGo(account, now, catalog) ? [account.spendLimitUsdCents ?? Number.POSITIVE_INFINITY] : []),
  ]
  const room = limits.length > 0 ? roomUsdCents(account, Math.max(...limits), true) : -1
  const byMoney = moneyUnits(bill.units - byTokens, bill.price, (usdCents) => usdCents <= room)
  return charges(account, bill, byTokens, byMoney)
}

/** Splits a bill: so many units by tokens, so many by money, the rest as shortfall. */
function charges(account: Account, bill: Bill, byTokens: number, byMoney: number): readonly Charge[] {
  const { price, units, period } = bill
  const { meter, milliTokensPerUnit, usdCentsPerUnit } = price
  const unpaid = units - byTokens - byMoney
  const milliTokens = byTokens * milliTokensPerUnit
  const all: Charge[] = []
  if (byTokens > 0) {
    all.push({ source: 'flex', meter, units: byTokens, milliTokens, lots: draw(account.lots, milliTokens) })
  }
  if (byMoney > 0) {
    all.push({ source: 'pay-as-you-go', meter, units: byMoney, usdCents: byMoney * usdCentsPerUnit, period })
  }
  if (unpaid > 0) all.push({ source: 'shortfall', meter, units: unpaid, milliTokensPerUnit, usdCentsPerUnit })
  return all
}

function tokenUnits(account: Account, bill: Bill, isAllowed: (milliTokens: number) => boolean): number {
  const { units, price } = bill
  const affordable = Math.min(units, Math.floor(tokensLeft(account) / price.milliTokensPerUnit))
  const most = price.milliTokensPerUnit === 0 ? units : affordable
  return Math.max(
    0,
    largest(most, (n) => isAllowed(n * price.milliTokensPerUnit)),
  )
}

function moneyUnits(units: number, price: Price, isAllowed: (usdCents: number) => boolean): number {
  return Math.max(
    0,
    largest(units, (n) => isAllowed(n * price.usdCentsPerUnit)),
  )
}

function roomUsdCents(account: Account, limit: number | undefined, isCurrent: boolean): number {
  const spent = spentUsdCents(account, isCurrent ? 'current' : 'previous')
  return (limit ?? Number.POSITIVE_INFINITY) - spent
}

/** Whole units that a remainder and a further quantity fill, and what is left over. */
export function completed(
  account: Account,
  meter: string,
  quantity: number,
  unitSize: number,
): { units: number; remainder: number } {
  const total = meterState(account, meter).remainder + quantity
  return { units: Math.floor(total / unitSize), remainder: total % unitSize }
}
