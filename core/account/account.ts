import type { Instant, Period } from '../time/time.ts'
import type { Subscription } from './subscriptions.ts'

export type Plan = 'none' | 'free' | 'paid'

/** A plan from an instant on. The list of them says which plan was in force when (a usage event is charged by its time). */
export interface Terms {
  readonly from: Instant
  readonly plan: Plan
  readonly payAsYouGo: boolean
}

/** Tokens of one purchase, in thousandths, with their own expiry (the first instant at which they are gone). */
export interface Lot {
  readonly lotId: string
  readonly milliTokens: number
  readonly remaining: number
  readonly purchasedAt: Instant
  readonly expiresAt: Instant
  /** Number of expiry notices sent, from the start of `noticeDays`. */
  readonly notices: number
  /** Present once its payment was taken back: then the lot pays only for what was held at that moment. */
  readonly withdrawn?: Withdrawn
}

/** A lot whose purchase was refunded (at a unit price of 0) or charged back. */
export interface Withdrawn {
  /** US cents that are due for each token that is spent. */
  readonly unitPriceUsdCents: number
  /** Thousandths of tokens spent so far. */
  readonly spentMilliTokens: number
}

/** Days before a lot's expiry on which its team is notified (our default: aps-facts, section 2). */
export const noticeDays = [90, 30, 7] as const

/** Sum of the base units held until one instant. Lists of them are in order of `expiresAt`. */
export interface HoldSum {
  readonly expiresAt: Instant
  readonly quantity: number
}

/** Pay-as-you-go units of one meter at one price. */
export interface UnitsAtPrice {
  readonly usdCentsPerUnit: number
  readonly units: number
  /** Units among them whose use belongs to a month that was closed already. */
  readonly lateUnits: number
}

/** Use of one meter in one period: free and included base units, and pay-as-you-go units with their price. */
export interface Tally {
  readonly free: number
  readonly units: number
  readonly usdCents: number
  /** Units among them whose use belongs to a month that was closed already. */
  readonly lateUnits: number
  /** The units by price, in the order of the first charge; absent while all units have one price (`tally.ts`). */
  readonly prices?: readonly UnitsAtPrice[]
  /** Base units that included amounts gave; absent while zero. */
  readonly included?: number
}

/** The payer of a use: the free amount, a paid plan, or nobody (no rate in force). */
export type Funding = 'free' | 'paid' | 'unrated'

export interface MeterState {
  /** Paid base units that do not fill a charged unit yet. */
  readonly remainder: number
  readonly current: Tally
  /** The month before, until its bill is closed. */
  readonly previous: Tally
  readonly free: readonly HoldSum[]
  readonly paid: readonly HoldSum[]
}

/** Completed units that nobody could pay, oldest first, at the price at which they were completed. */
export interface Shortfall {
  /** Version of the entry that completed them; 0 where a crowded row adds up those of several entries. */
  readonly entry: number
  readonly meter: string
  readonly units: number
  readonly milliTokensPerUnit: number
  readonly usdCentsPerUnit: number
}

/** A customer's own limit of one app on one meter per period, in base units. */
export interface AppLimit {
  readonly appId: string
  readonly meter: string
  readonly perPeriod: number
  readonly used: number
  readonly held: readonly HoldSum[]
  /** Authorizations that entries before this version granted are not in `held`; absent where all are. */
  readonly fromVersion?: number
}

/** The measure of a budget. Every charged unit counts at its price in it, whichever source pays. */
export type BudgetMeasure = 'tokens' | 'usd-cents'
export type BudgetSpan = 'day' | 'month'

/** An amount that the authorizations of one key may cost in each UTC day or month, until its end. */
export interface Budget {
  readonly budgetId: string
  readonly appId: string
  readonly measure: BudgetMeasure
  readonly every: BudgetSpan
  /** Thousandths of tokens, or US cents, like `used` and `held`. */
  readonly amount: number
  readonly endsAt: Instant
  /** The day or month in which `used` was used, `2026-01-15` or `2026-01`; empty before the first use. */
  readonly usedIn: string
  readonly used: number
  readonly held: readonly HoldSum[]
}

/** The conditions of pay-as-you-go (aps-facts, section 3). */
export interface Profile {
  readonly country: string
  readonly paymentMethod: 'credit-card' | 'paypal' | 'none'
  readonly standing: 'good' | 'bad'
}

/** An amount owed: a bill that is not paid yet, or the spent tokens of a purchase that was charged back. */
export interface Due {
  /** `invoice:2026-02` or `charge-back:p1`. */
  readonly dueId: string
  readonly usdCents: number
  /** The instant at which its first payment failed; recovery counts from there. */
  readonly failedAt?: Instant
  /** Number of recovery steps done. */
  readonly steps: number
}

/** A purchase that is not paid yet, and may still become a lot. */
export interface PendingPurchase {
  readonly purchaseId: string
  readonly usdCents: number
  /** The instant of the first failed payment. */
  readonly failedAt?: Instant
}

/** Everything that a decision about a team needs. `version` counts the entries of its journal. */
export interface Account {
  readonly teamId: string
  readonly version: number
  /** The instant at which its last entry took effect: no later entry takes effect earlier, whatever a clock says. */
  readonly at: Instant
  readonly profile: Profile
  /** Version of the `team-changed` entry that gave the team its current name and country: documents bear these. */
  readonly teamVersion: number
  readonly terms: readonly Terms[]
  readonly spendLimitUsdCents?: number
  readonly creditUsdCents: number
  /** US cents of bills too small to be paid, until a later bill names them. */
  readonly carriedUsdCents: number
  readonly suspendedBecause?: string
  /** The instant since which a failed payment has stopped the rated meters. */
  readonly overdueSince?: Instant
  /** Numbers that the team's invoices and credit notes have used, in one series. */
  readonly documents: number
  /** Numbers that the team's receipts have used. */
  readonly receipts: number
  readonly dues: readonly Due[]
  readonly period: Period
  readonly lots: readonly Lot[]
  /** Absent where there are none. */
  readonly pendingPurchases?: readonly PendingPurchase[]
  readonly meters: Readonly<Record<string, MeterState>>
  readonly shortfall: readonly Shortfall[]
  readonly limits: readonly AppLimit[]
  /** Absent where there are none. */
  readonly budgets?: readonly Budget[]
  readonly subscriptions: readonly Subscription[]
}

export const noTally: Tally = { free: 0, units: 0, usdCents: 0, lateUnits: 0 }
export const noMeterState: MeterState = {
  remainder: 0,
  current: noTally,
  previous: noTally,
  free: [],
  paid: [],
}

/** A team's account before its first entry. */
export function emptyAccount(teamId: string): Account {
  return {
    teamId,
    version: 0,
    at: 0,
    profile: { country: '', paymentMethod: 'none', standing: 'good' },
    teamVersion: 0,
    terms: [],
    creditUsdCents: 0,
    carriedUsdCents: 0,
    documents: 0,
    receipts: 0,
    dues: [],
    period: '1970-01',
    lots: [],
    meters: {},
    shortfall: [],
    limits: [],
    subscriptions: [],
  }
}

export function meterState(account: Account, meter: string): MeterState {
  return (Object.hasOwn(account.meters, meter) ? account.meters[meter] : undefined) ?? noMeterState
}

/** The terms in force at an instant; before the first ones the team has no plan. */
export function termsAt(account: Account, at: Instant): Terms {
  return account.terms.findLast((terms) => terms.from <= at) ?? { from: 0, plan: 'none', payAsYouGo: false }
}

/** Tokens that remain, in thousandths. */
export function tokensLeft(account: Account): number {
  return account.lots.reduce((sum, lot) => sum + lot.remaining, 0)
}

/** US cents that pay-as-you-go took in the current or the previous period. */
export function spentUsdCents(account: Account, which: 'current' | 'previous'): number {
  return Object.values(account.meters).reduce((sum, state) => sum + state[which].usdCents, 0)
}

/** True where pay-as-you-go charged completed units in the period: then it is billed. */
export function hasBill(account: Account, which: 'current' | 'previous'): boolean {
  return Object.values(account.meters).some((state) => state[which].units > 0)
}
