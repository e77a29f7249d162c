import type { Account } from '../account/account.ts'
import { assertAmount } from '../assert.ts'
import { type Catalog, type PriceList, priceListAt, priceOf, rateAt, ratesAt } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import type { Price } from '../commands/grant-lot.ts'
import { type Ineligibility, unmetConditions } from '../funding/pay-as-you-go.ts'
import { type AssumedMonth, catalogOf, subscriptionsOf, sumOfDays } from './assumed-month.ts'
import { earlierRates } from './earlier-rates.ts'
import { type AssumedPlan, hasPayAsYouGo, type MeterCost, runMonth } from './month-run.ts'

/** The plans in the order that decides between equal ones: what asks for no payment ahead comes first. */
export const whatIfPlans = ['free', 'pay-as-you-go', 'flex', 'flex-then-pay-as-you-go'] as const
export type WhatIfPlan = (typeof whatIfPlans)[number]

/** A purchase that pays for a month, and the part of its tokens that the month leaves. */
export interface TokenCost extends Price {
  readonly tokens: number
  readonly leftMilliTokens: number
}

export interface MonthCost {
  readonly meters: readonly MeterCost[]
  readonly milliTokens: number
  /** Money in all: the purchase of the tokens, and pay-as-you-go. */
  readonly usdCents: number
  /** Absent where no tokens are bought. */
  readonly purchase?: TokenCost
  /** Number of meters with refused use. */
  readonly refusedMeters: number
}

export interface PlanCost extends MonthCost {
  readonly plan: WhatIfPlan
  /** Conditions of pay-as-you-go that the team does not meet. */
  readonly unmet: readonly Ineligibility[]
}

export interface WhatIf {
  readonly plans: readonly PlanCost[]
  readonly best: WhatIfPlan
  /** The same use in tokens at the rates before the launch. */
  readonly before: MonthCost
  /** Meters and APIs of the month that have no rate now. */
  readonly unrated: readonly string[]
}

/** More tokens than any month uses, for a run that shows how many it needs. */
const ampleTokens = 1_000_000_000_000

/**
 * The cost of a month's use on each plan for a new team with the account's subscriptions, at the rates, prices and amounts in
 * force now. Tokens are bought for the month alone, and the price is that of the whole purchase. With `tokens`, the mix of that
 * purchase and pay-as-you-go is a plan, too.
 */
export function whatIf(
  account: Account,
  asked: AssumedMonth,
  { now, catalog: dated, tokens = 0 }: Context & { readonly tokens?: number },
): WhatIf {
  const catalog = catalogOf({ now, catalog: dated })
  const month = ratedPart(asked, catalog)
  const subscriptions = subscriptionsOf(account.subscriptions, now)
  const list = priceListAt(catalog, now)
  const order = ratesAt(catalog, 0).map(({ meter }) => meter)
  const cost = (plan: Omit<AssumedPlan, 'subscriptions'>, rates = catalog) => {
    const meters = runMonth({ ...plan, subscriptions }, month, rates)
    const inOrder = meters.toSorted((a, b) => order.indexOf(a.meter) - order.indexOf(b.meter))
    return costOf(inOrder, list, plan)
  }
  const onTokens = { plan: 'paid', payAsYouGo: false, tokens: ampleTokens } as const
  const unmet = unmetConditions(account.profile, now, dated)
  const plans: PlanCost[] = [
    { plan: 'free', ...cost({ plan: 'free', payAsYouGo: false, tokens: 0 }), unmet: [] },
  ]
  if (hasPayAsYouGo(catalog))
    plans.push({ plan: 'pay-as-you-go', ...cost({ plan: 'paid', payAsYouGo: true, tokens: 0 }), unmet })
  if (list !== undefined) plans.push({ plan: 'flex', ...cost(onTokens), unmet: [] })
  if (hasPayAsYouGo(catalog) && list !== undefined && tokens > 0) {
    const mixed = cost({ plan: 'paid', payAsYouGo: true, tokens })
    plans.push({ plan: 'flex-then-pay-as-you-go', ...mixed, unmet })
  }
  const names = [...sumOfDays(asked).keys()]
  return {
    plans,
    best: bestOf(plans),
    before: cost(onTokens, { ...catalog, rateCards: [earlierRates], includedAmounts: [] }),
    unrated: names.filter((name) => rateAt(catalog, name, now) === undefined),
  }
}

function ratedPart({ period, days }: AssumedMonth, catalog: Catalog): AssumedMonth {
  const isRated = ({ meter }: { readonly meter: string }) => rateAt(catalog, meter, 0) !== undefined
  return { period, days: days.map((uses) => uses.filter(isRated)) }
}

function costOf(
  meters: readonly MeterCost[],
  list: PriceList | undefined,
  { tokens }: Pick<AssumedPlan, 'tokens'>,
): MonthCost {
  const milliTokens = meters.reduce((sum, meter) => sum + meter.milliTokens, 0)
  const usedUsdCents = meters.reduce((sum, meter) => sum + meter.usdCents, 0)
  const bought = tokens === 0 || list === undefined ? undefined : purchaseOf(list, tokens, milliTokens)
  const usdCents = usedUsdCents + (bought?.usdCents ?? 0)
  assertAmount(milliTokens, 'tokens of a hypothetical month')
  assertAmount(usdCents, 'cost of a hypothetical month')
  return {
    meters,
    milliTokens,
    usdCents,
    ...(bought !== undefined && {
      purchase: { ...bought, leftMilliTokens: bought.tokens * 1_000 - milliTokens },
    }),
    refusedMeters: meters.filter(({ refused }) => refused > 0).length,
  }
}

/** The purchase that a run assumes: its own tokens, or for an ample run the cheapest one that is enough. */
function purchaseOf(list: PriceList, tokens: number, milliTokens: number) {
  if (tokens === ampleTokens) return cheapestPurchase(list, milliTokens)
  const price = priceOf(list, tokens)
  return price && { tokens, ...price }
}

/**
 * The cheapest purchase of at least so much; among equal ones the smallest. A larger step of the price list may cost less than
 * the exact number. Undefined where nothing is needed.
 */
export function cheapestPurchase(
  list: PriceList,
  milliTokens: number,
): (Price & { readonly tokens: number }) | undefined {
  if (milliTokens === 0) return undefined
  const least = Math.max(Math.ceil(milliTokens / 1_000), list.minimumTokens)
  const larger = list.steps.map(({ fromTokens }) => fromTokens).filter((from) => from > least)
  return [least, ...larger]
    .flatMap((tokens) => {
      const price = priceOf(list, tokens)
      return price === undefined ? [] : [{ tokens, ...price }]
    })
    .reduce<(Price & { readonly tokens: number }) | undefined>((best, purchase) => {
      return best === undefined || purchase.usdCents < best.usdCents ? purchase : best
    }, undefined)
}

/**
 * The cheapest plan that refuses nothing; where every plan refuses something, the one that refuses use of the fewest meters, and
 * of these the cheapest. Pay-as-you-go counts only in a country and standing that allow it; a payment method can be added.
 */
export function bestOf(plans: readonly PlanCost[]): WhatIfPlan {
  const open = plans.filter(({ unmet }) => unmet.every((condition) => condition === 'payment-method'))
  const ordered = open.toSorted((a, b) => a.refusedMeters - b.refusedMeters || a.usdCents - b.usdCents)
  return ordered[0]?.plan ?? 'free'
}
