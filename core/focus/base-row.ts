import type { Instant, Period } from '../time/time.ts'
import { periodEnd, periodStart } from '../time/time.ts'
import { cents, type Decimal, decimalText } from './decimal.ts'
import type { FocusRow } from './row.ts'

/** The bill of a row: its month and its document. A correction is of a month whose bill was closed before. */
export interface BilledOn {
  readonly period: Period
  readonly invoiceId: string
  readonly isCorrection: boolean
}

export interface Span {
  readonly from: Instant
  readonly to: Instant
}

/** Everything that a row of any kind has. */
export interface RowHead {
  readonly teamId: string
  readonly sellerName: string
  readonly version: number
  readonly bill: BilledOn
  readonly span: Span
  readonly category: 'Usage' | 'Purchase' | 'Credit' | 'Adjustment'
  readonly description: string
}

/** An instant as FOCUS writes it, without milliseconds. */
function instantText(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}

/** The columns that rows of all kinds fill. */
export function baseRow(head: RowHead): FocusRow {
  const { teamId, sellerName, bill, span, category, description } = head
  return {
    BillingAccountId: teamId,
    BillingAccountName: teamId,
    BillingAccountType: 'Team',
    BillingCurrency: 'USD',
    BillingPeriodStart: instantText(periodStart(bill.period)),
    BillingPeriodEnd: instantText(periodEnd(bill.period)),
    ChargeCategory: category,
    ...(bill.isCorrection && { ChargeClass: 'Correction' }),
    ChargeDescription: description,
    ChargeFrequency: category === 'Usage' ? 'Usage-Based' : 'One-Time',
    ChargePeriodStart: instantText(span.from),
    ChargePeriodEnd: instantText(span.to),
    InvoiceId: bill.invoiceId,
    InvoiceIssuerName: sellerName,
    ProviderName: sellerName,
    PublisherName: sellerName,
    ServiceCategory: 'Developer Tools',
    ServiceSubcategory: 'Developer Platforms',
    Tags: '{}',
    x_EntryVersion: `${head.version}`,
  }
}

/** Costs of a row. Absent in the currency of its price: the effective cost in US dollars. */
export interface Costs {
  readonly billed: Decimal
  readonly effective: Decimal
  readonly list: Decimal
  readonly contracted: Decimal
  readonly tokens?: Decimal
}

export function costColumns({ billed, effective, list, contracted, tokens }: Costs): FocusRow {
  return {
    BilledCost: decimalText(billed),
    EffectiveCost: decimalText(effective),
    ListCost: decimalText(list),
    ContractedCost: decimalText(contracted),
    PricingCurrency: tokens === undefined ? 'USD' : 'Flex Tokens',
    PricingCurrencyEffectiveCost: decimalText(tokens ?? effective),
  }
}

/** Money of a bill that no quantity explains. `isCost` is false where other rows have its effective cost. */
export function moneyRow(head: RowHead, usdCents: number, isCost = true): FocusRow {
  const amount = cents(usdCents)
  const effective = isCost ? amount : cents(0)
  return {
    ...baseRow(head),
    ...costColumns({ billed: amount, effective, list: amount, contracted: amount }),
    ServiceName: 'Billing',
  }
}

/** The price and the quantity of a row, and the prices in tokens where tokens pay. */
export interface Priced {
  readonly quantity: Decimal
  readonly unit: string
  readonly listPrice: Decimal
  readonly contractedPrice: Decimal
  /** Tokens of one pricing unit. */
  readonly tokens?: Decimal
}

export function priceColumns({ quantity, unit, listPrice, contractedPrice, tokens }: Priced): FocusRow {
  return {
    ListUnitPrice: decimalText(listPrice),
    ContractedUnitPrice: decimalText(contractedPrice),
    PricingCategory: 'Standard',
    PricingCurrencyListUnitPrice: decimalText(tokens ?? listPrice),
    PricingCurrencyContractedUnitPrice: decimalText(tokens ?? contractedPrice),
    PricingQuantity: decimalText(quantity),
    PricingUnit: unit,
  }
}
