import { instantToJson } from '../../contract/instant.ts'
import type { WhatIfAnswer } from '../../contract/what-if.ts'
import { earlierRates, earlierRatesEndedAt } from '../../core/forecast/earlier-rates.ts'
import type { MeterCost } from '../../core/forecast/month-run.ts'
import type { PurchaseRun } from '../../core/forecast/purchase-run.ts'
import type { MonthCost, WhatIf } from '../../core/forecast/what-if.ts'
import { dayOf, type Instant } from '../../core/time/time.ts'
import { tokensToJson } from './charge-json.ts'

type Costs = Pick<WhatIfAnswer['plans'][number], 'tokens' | 'usdCents' | 'purchase' | 'meters'>

/** The costs on the wire. Days of refusals mean something only where the use has days. */
export function whatIfToJson(
  { plans, best, before, unrated }: WhatIf,
  { hasDays }: { readonly hasDays: boolean },
): Omit<WhatIfAnswer, 'at' | 'month'> {
  return {
    plans: plans.map(({ plan, refusedMeters, unmet, ...cost }) => {
      return { plan, ...costToJson({ ...cost, refusedMeters }, hasDays), refusedMeters, unmet: [...unmet] }
    }),
    best,
    before: {
      version: earlierRates.version,
      until: dayOf(earlierRatesEndedAt - 1),
      ...costToJson(before, hasDays),
    },
    unrated: [...unrated],
  }
}

function costToJson({ meters, milliTokens, usdCents, purchase }: MonthCost, hasDays: boolean): Costs {
  return {
    tokens: tokensToJson(milliTokens),
    usdCents,
    ...(purchase !== undefined && {
      purchase: {
        tokens: purchase.tokens,
        unitPriceUsdCents: purchase.unitPriceUsdCents,
        usdCents: purchase.usdCents,
        left: tokensToJson(purchase.leftMilliTokens),
      },
    }),
    meters: meters.map((meter) => meterToJson(meter, hasDays)),
  }
}

function meterToJson(
  { milliTokens, refusedOn, ...meter }: MeterCost,
  hasDays: boolean,
): Costs['meters'][number] {
  return {
    ...meter,
    tokens: tokensToJson(milliTokens),
    ...(hasDays && refusedOn !== undefined && { refusedFrom: dayOf(refusedOn) }),
  }
}

export function purchaseRunToJson(run: PurchaseRun, on: Instant): NonNullable<WhatIfAnswer['purchase']> {
  const { tokens, unitPriceUsdCents, usdCents, expiresAt, emptyBeforeOn, runOutOn } = run
  return {
    tokens,
    on: dayOf(on),
    unitPriceUsdCents,
    usdCents,
    expiresAt: instantToJson(expiresAt),
    tokensBefore: tokensToJson(run.milliTokensBefore),
    ...(emptyBeforeOn !== undefined && { emptyBeforeOn: dayOf(emptyBeforeOn) }),
    ...(runOutOn !== undefined && { runOutOn: dayOf(runOutOn) }),
    lapsing: tokensToJson(run.lapsingMilliTokens),
  }
}

/** The costs as developers read those of the team's own months: tokens and refusals. The price of a purchase is public. */
export function withoutMoney({ plans, before, ...answer }: WhatIfAnswer): WhatIfAnswer {
  return { ...answer, plans: plans.map(inTokens), before: inTokens(before) }
}

function inTokens<Cost extends Costs>({ usdCents: _, purchase, meters, ...cost }: Cost) {
  return {
    ...cost,
    ...(purchase !== undefined && { purchase: { tokens: purchase.tokens, left: purchase.left } }),
    meters: meters.map(({ usdCents: _cents, ...meter }) => meter),
  }
}
