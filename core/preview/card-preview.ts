import { type Account, termsAt } from '../account/account.ts'
import { type Catalog, type RateCard, rateAt } from '../catalog/catalog.ts'
import { includedLimit } from '../funding/included.ts'
import { type Period, periodEnd } from '../time/time.ts'

/** Base units of a meter that a team used in a month. */
export interface MonthUse {
  readonly meter: string
  readonly quantity: number
}

/** The price of a month's use of one meter, as if the month began without a remainder. */
export interface MonthPrice {
  /** Completed charged units of a paid plan. */
  readonly units: number
  /** Thousandths of tokens, or US cents where pay-as-you-go pays all of them. */
  readonly milliTokens: number
  readonly usdCents: number
  /** Base units beyond the free amount of a free plan, which are refused. */
  readonly refused: number
}

/** The price of a meter's month before and under a card. */
export interface CardChange extends MonthUse {
  readonly before: MonthPrice
  readonly after: MonthPrice
}

const noPrice: MonthPrice = { units: 0, milliTokens: 0, usdCents: 0, refused: 0 }

/**
 * Prices a past month of a team under a card that is not in force, next to the rates at the month's end: the meters whose price
 * changes, on the plan of that instant, after what the team's subscriptions include.
 */
export function previewCard(
  account: Account,
  catalog: Catalog,
  card: RateCard,
  period: Period,
  uses: readonly MonthUse[],
): readonly CardChange[] {
  const at = periodEnd(period) - 1
  const { plan } = termsAt(account, at)
  // Cards that took effect later have no part in the comparison.
  const earlier = catalog.rateCards.filter(({ effectiveAt }) => effectiveAt <= at)
  const under = { ...catalog, rateCards: [...earlier, { ...card, effectiveAt: at }] }
  return uses.flatMap(({ meter, quantity }) => {
    const beyond = Math.max(0, quantity - includedLimit(account, catalog, meter, at))
    const priceIn = (rates: Catalog): MonthPrice => {
      const rate = rateAt(rates, meter, at)
      if (rate === undefined) return noPrice
      if (plan !== 'paid') return { ...noPrice, refused: Math.max(0, beyond - rate.freePerPeriod) }
      const units = Math.floor(beyond / rate.unitSize)
      return {
        units,
        milliTokens: units * rate.milliTokensPerUnit,
        usdCents: units * rate.usdCentsPerUnit,
        refused: 0,
      }
    }
    const [before, after] = [priceIn(catalog), priceIn(under)]
    return isSame(before, after) ? [] : [{ meter, quantity, before, after }]
  })
}

function isSame(a: MonthPrice, b: MonthPrice): boolean {
  return a.milliTokens === b.milliTokens && a.usdCents === b.usdCents && a.refused === b.refused
}
