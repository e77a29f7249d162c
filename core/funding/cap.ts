import type { Account } from '../account/account.ts'
import { unitsOf } from '../account/charges.ts'
import type { Rate } from '../catalog/catalog.ts'
import type { Authorization, Cap, Charge, Cost } from '../journal/entry.ts'
import { completeUnits } from './demand.ts'

/**
 * The most that `quantity` base units may cost at any of some rates: whole units, rounded up. A remainder of a whole unit or
 * more, which a card that makes units smaller may leave, is completed with them.
 */
export function costAtMost(rates: readonly Rate[], quantity: number, remainder: number): Cost {
  const most = (priceOf: (rate: Rate) => number) =>
    Math.max(
      0,
      ...rates.map((rate) => {
        const units = Math.ceil(quantity / rate.unitSize) + Math.floor(remainder / rate.unitSize)
        return Math.min(Number.MAX_SAFE_INTEGER, units * priceOf(rate))
      }),
    )
  return {
    milliTokens: most((rate) => rate.milliTokensPerUnit),
    usdCents: most((rate) => rate.usdCentsPerUnit),
  }
}

/** The cap of an authorization that has been charged nothing yet. */
export function newCap(quantity: number, { milliTokens, usdCents }: Cost): Cap {
  return { quantity, milliTokens, usdCents, chargedMilliTokens: 0, chargedUsdCents: 0 }
}

/** Base units of further use that are beyond the quantity of the cap; zero without a cap. */
export function beyondQuantity({ cap, used }: Authorization, more: number): number {
  return cap === undefined ? 0 : Math.min(more, Math.max(0, used + more - cap.quantity))
}

/** Base units of a further quantity that would complete more units than a cost allows: whole units, as far as it has them. */
export function beyondCost(account: Account, cost: Cost, rate: Rate, quantity: number): number {
  const { units } = completeUnits(account, rate, quantity)
  const most = Math.min(
    unitsFor(cost.milliTokens, rate.milliTokensPerUnit),
    unitsFor(cost.usdCents, rate.usdCentsPerUnit),
  )
  return Math.min(quantity, Math.max(0, units - most) * rate.unitSize)
}

function unitsFor(left: number, price: number): number {
  return price === 0 ? Number.POSITIVE_INFINITY : Math.floor(left / price)
}

/** The cap after some charges at one rate. */
export function countCharges(cap: Cap, charges: readonly Charge[], rate: Rate): Cap {
  const units = unitsOf(charges)
  return {
    ...cap,
    chargedMilliTokens: cap.chargedMilliTokens + units * rate.milliTokensPerUnit,
    chargedUsdCents: cap.chargedUsdCents + units * rate.usdCentsPerUnit,
  }
}
