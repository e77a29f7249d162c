import { type Catalog, priceListAt, type Rate } from '../catalog/catalog.ts'
import type { Charge } from '../journal/entry.ts'
import type { Instant } from '../time/time.ts'

type PaidCharge = Exclude<Charge, { source: 'shortfall' }>

/** The row of a rate card that priced a charge. */
export interface PricedBy {
  readonly version: string
  readonly rate: Rate
}

/**
 * The row that priced a charge for use at an instant: the newest one in force by then that has the charge's price. A
 * published card never changes and begins in the future, so the result is the same at any later time. Shortfall of several
 * entries is paid at an earlier price, which is then an earlier card's. Undefined where returned charges of several prices
 * were added up.
 */
export function pricedBy(catalog: Catalog, charge: PaidCharge, usedAt: Instant): PricedBy | undefined {
  const { meter, units } = charge
  const hasItsPrice = ({ milliTokensPerUnit, usdCentsPerUnit }: Rate) =>
    charge.source === 'flex'
      ? units * milliTokensPerUnit === charge.milliTokens
      : units * usdCentsPerUnit === charge.usdCents
  for (const { version, effectiveAt, meters } of catalog.rateCards.toReversed()) {
    const rate = effectiveAt > usedAt ? undefined : meters.find((row) => row.meter === meter)
    if (rate !== undefined && hasItsPrice(rate)) return { version, rate }
  }
  return undefined
}

/** The price of one token without a discount, in US cents: that of the smallest purchase. */
export function listPriceOf(catalog: Catalog, at: Instant): number {
  return priceListAt(catalog, at)?.steps[0]?.unitPriceUsdCents ?? 0
}

const unitNames: Readonly<Record<string, string>> = { megabytes: 'MB' }

/** A base unit as FOCUS writes units: `Seconds`, `MB`. */
export function focusUnit(baseUnit: string): string {
  return unitNames[baseUnit] ?? baseUnit.charAt(0).toUpperCase() + baseUnit.slice(1)
}

const serviceNames: Readonly<Record<string, string>> = {
  automation: 'Automation API',
  'model-derivative': 'Model Derivative API',
  'flow-graph-engine': 'Flow Graph Engine API',
  'reality-capture': 'Reality Capture API',
}

/** The name of a meter's API; the id where it has none, and the meter where no card names its API. */
export function serviceName(catalog: Catalog, meter: string): string {
  const rows = catalog.rateCards.flatMap(({ meters }) => meters)
  const api = rows.find((row) => row.meter === meter)?.api
  return api === undefined ? meter : (serviceNames[api] ?? api)
}
