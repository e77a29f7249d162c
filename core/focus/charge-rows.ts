import type { Charge } from '../journal/entry.ts'
import type { Instant } from '../time/time.ts'
import { type BilledOn, baseRow, costColumns, priceColumns, type RowHead, type Span } from './base-row.ts'
import { cents, type Decimal, decimalText, milli, negative, quotient, times, wholeUnits } from './decimal.ts'
import type { FocusFacts } from './facts.ts'
import type { FocusRow } from './row.ts'
import { focusUnit, listPriceOf, type PricedBy, pricedBy, serviceName } from './sku.ts'

/** A charge, and the use that it is for. */
export interface ChargedUse {
  readonly teamId: string
  readonly version: number
  readonly bill: BilledOn
  readonly span: Span
  /** The instant whose rates priced it. */
  readonly usedAt: Instant
  /** Absent where a payment is for the use of several apps. */
  readonly appId?: string
  readonly unitSize?: number
  readonly isReturned: boolean
}

/** The rows of a charge: one for each lot that tokens came from, one for money, none for shortfall. */
export function rowsOfCharge(charge: Charge, use: ChargedUse, facts: FocusFacts): readonly FocusRow[] {
  if (charge.source === 'shortfall') return []
  const priced = pricedBy(facts.catalog, charge, use.usedAt)
  return charge.source === 'flex'
    ? flexRows(charge, { use, facts, priced })
    : [moneyRowOf(charge, { use, facts, priced })]
}

interface Parts {
  readonly use: ChargedUse
  readonly facts: FocusFacts
  readonly priced: PricedBy | undefined
}

type FlexCharge = Extract<Charge, { source: 'flex' }>
type MoneyCharge = Extract<Charge, { source: 'pay-as-you-go' }>

function moneyRowOf(charge: MoneyCharge, { use, facts, priced }: Parts): FocusRow {
  const { meter, units, usdCents } = charge
  const unitSize = use.unitSize ?? priced?.rate.unitSize ?? 1
  const price = cents(usdCents / units)
  const quantity = signed(use, wholeUnits(units))
  const cost = signed(use, cents(usdCents))
  return {
    ...headOf(meter, { use, facts, priced }, 'Pay as you go'),
    ...costColumns({ billed: cost, effective: cost, list: cost, contracted: cost }),
    ...priceColumns({
      quantity,
      unit: pricingUnit(unitSize, priced),
      listPrice: price,
      contractedPrice: price,
    }),
    ...consumed(signed(use, wholeUnits(units * unitSize)), priced),
    ...skuOf(meter, 'payg', priced),
  }
}

/**
 * A row for each lot. A unit that two lots paid is in both rows, as a part of a unit. Where no decimal is exact for the part
 * (one third), the row is priced by token instead of by unit, so that price times quantity stays the cost.
 */
function flexRows(charge: FlexCharge, parts: Parts): readonly FocusRow[] {
  const { use, facts, priced } = parts
  const unitSize = use.unitSize ?? priced?.rate.unitSize ?? 1
  let drawn = 0
  return charge.lots.map(({ lotId, milliTokens }) => {
    const quantity = shareOf(charge, drawn, milliTokens, unitSize)
    drawn += milliTokens
    const tokens = signed(use, milli(milliTokens))
    const bought = cents(facts.lots.get(lotId)?.unitPriceUsdCents ?? 0)
    const list = cents(listPriceOf(facts.catalog, use.usedAt))
    const effective = times(tokens, bought)
    return {
      ...headOf(charge.meter, parts, 'Flex tokens'),
      ...costColumns({
        billed: cents(0),
        effective,
        list: times(tokens, list),
        contracted: effective,
        tokens,
      }),
      ...flexPrice({ milliTokens, bought, list, unitSize }, parts),
      ...consumed(signed(use, wholeUnits(quantity)), priced),
      ...skuOf(charge.meter, 'flex', priced),
      x_LotId: lotId,
    }
  })
}

interface FlexPart {
  readonly milliTokens: number
  readonly bought: Decimal
  readonly list: Decimal
  readonly unitSize: number
}

function flexPrice({ milliTokens, bought, list, unitSize }: FlexPart, { use, priced }: Parts): FocusRow {
  const perUnit = priced?.rate.milliTokensPerUnit ?? 0
  const units = perUnit === 0 ? undefined : quotient(milliTokens, perUnit)
  const tokens = units === undefined ? wholeUnits(1) : milli(perUnit)
  return priceColumns({
    quantity: signed(use, units ?? milli(milliTokens)),
    unit: units === undefined ? 'Flex Tokens' : pricingUnit(unitSize, priced),
    listPrice: times(tokens, list),
    contractedPrice: times(tokens, bought),
    tokens,
  })
}

/** Whole base units of the tokens that one lot gave, so that the lots of a charge add up to its use. */
function shareOf(charge: FlexCharge, drawn: number, milliTokens: number, unitSize: number): number {
  const all = BigInt(charge.units) * BigInt(unitSize)
  const upTo = (tokens: number) => (all * BigInt(tokens)) / BigInt(charge.milliTokens)
  return Number(upTo(drawn + milliTokens) - upTo(drawn))
}

function signed({ isReturned }: ChargedUse, amount: Decimal): Decimal {
  return isReturned ? negative(amount) : amount
}

function headOf(meter: string, { use, facts }: Parts, source: string): FocusRow {
  const { appId } = use
  const by = appId === undefined ? '' : ` by ${appId}`
  const head: RowHead = {
    ...use,
    sellerName: facts.sellerName,
    category: 'Usage',
    description: `${source}: ${meter}${by}${use.isReturned ? ' (taken back)' : ''}`,
  }
  return {
    ...baseRow(head),
    ServiceName: serviceName(facts.catalog, meter),
    ...(appId !== undefined && { SubAccountId: appId, SubAccountName: appId, SubAccountType: 'App' }),
  }
}

function pricingUnit(unitSize: number, priced: PricedBy | undefined): string {
  return `${unitSize} ${focusUnit(priced?.rate.baseUnit ?? 'units')}`
}

function consumed(quantity: Decimal, priced: PricedBy | undefined): FocusRow {
  return {
    ConsumedQuantity: decimalText(quantity),
    ConsumedUnit: focusUnit(priced?.rate.baseUnit ?? 'units'),
  }
}

/** The price's id names its card; not where returned charges of several cards were added up. */
function skuOf(meter: string, source: 'flex' | 'payg', priced: PricedBy | undefined): FocusRow {
  const version = priced === undefined ? '' : `-${priced.version}`
  return { SkuId: meter, SkuMeter: meter, SkuPriceDetails: '{}', SkuPriceId: `${meter}-${source}${version}` }
}
