import type { Funding, HoldSum, Lot, Plan, Profile, Terms } from '../account/account.ts'
import type { RecoveryAction } from '../invoice/recovery.ts'
import type { Instant, Period } from '../time/time.ts'
import type { WarningCode } from '../warning.ts'

/** What one completed unit, or several, were paid with. A unit is never split between sources; it may span lots. */
export type Charge =
  | {
      readonly source: 'flex'
      readonly meter: string
      readonly units: number
      readonly milliTokens: number
      readonly lots: readonly { readonly lotId: string; readonly milliTokens: number }[]
    }
  | {
      readonly source: 'pay-as-you-go'
      readonly meter: string
      readonly units: number
      readonly usdCents: number
      readonly period: Period
    }
  | {
      readonly source: 'shortfall'
      readonly meter: string
      readonly units: number
      readonly milliTokensPerUnit: number
      readonly usdCentsPerUnit: number
    }

/** What was used, and how it counts. `period` is the month whose amounts it counts in. */
export interface Usage {
  readonly appId: string
  readonly meter: string
  readonly quantity: number
  readonly funding: Funding
  readonly period: Period
  /** Base units of one charged unit at the time; only for paid use. */
  readonly unitSize?: number
  readonly charges: readonly Charge[]
}

/** The reason why an authorization is over: a final capture, a void, its end, or captures of all of its quantity. */
export type ClosedBecause = 'final' | 'void' | 'expired' | 'used-up'

/** An authorization as its latest entry leaves it. */
export interface Authorization {
  readonly authorizationId: string
  readonly appId: string
  readonly meter: string
  readonly quantity: number
  readonly holdSeconds: number
  readonly expiresAt: Instant
  readonly funding: Funding
  /** Granted with pay-as-you-go behind it, up to this spend limit (null: none). A later change cannot take that back. */
  readonly spendLimitUsdCents?: number | null
  readonly used: number
  /** Base units that this authorization still holds, unless it has expired. */
  readonly held: number
  /** A final capture or a void has closed it. */
  readonly closed: boolean
  /** The reason that the latest entry found or made; `closureOf` adds what time and use alone have closed. */
  readonly closedBecause?: ClosedBecause
  /** How many captures and voids came after the authorization itself. */
  readonly sequence: number
}

export type Warning = { readonly code: WarningCode; readonly until: Instant }
export type FundedBy = 'free' | 'flex' | 'pay-as-you-go' | 'grace' | 'unrated'

export interface InvoiceLine {
  readonly meter: string
  readonly units: number
  readonly usdCents: number
  /** Units of an earlier, closed month among them. */
  readonly lateUnits: number
}

/** What a payment is for: the bill of a period, or a purchase. */
export type PaidFor = { readonly invoice: Period } | { readonly purchase: string }

export type CampaignNotice = 'announced' | 'reminded' | 'stopped'

export type EntryBody =
  | { readonly kind: 'team-changed'; readonly profile: Profile }
  | { readonly kind: 'hub-named'; readonly name: string }
  | { readonly kind: 'app-moved'; readonly appId: string }
  | {
      readonly kind: 'plan-changed'
      readonly terms: Terms
      readonly spendLimitUsdCents?: number
      readonly paidShortfall: readonly Charge[]
    }
  | {
      readonly kind: 'authorization'
      readonly authorization: Authorization
      readonly fundedBy: FundedBy
      readonly remaining?: number
      readonly warnings: readonly Warning[]
    }
  | {
      readonly kind: 'capture'
      readonly authorization: Authorization
      readonly released: number
      readonly usage: Usage
      readonly isLate: boolean
      readonly isOverrun: boolean
    }
  | { readonly kind: 'void'; readonly authorization: Authorization; readonly released: number }
  | {
      readonly kind: 'usage'
      readonly source: string
      readonly id: string
      readonly time: Instant
      readonly usage: Usage
      readonly isLate: boolean
      readonly isOverrun: boolean
    }
  | {
      readonly kind: 'purchase'
      readonly purchaseId: string
      readonly tokens: number
      readonly unitPriceUsdCents: number
      readonly usdCents: number
    }
  | { readonly kind: 'lot-granted'; readonly lot: Lot; readonly paidShortfall: readonly Charge[] }
  | {
      readonly kind: 'lot-expiring'
      readonly lotId: string
      readonly days: number
      readonly milliTokens: number
    }
  | { readonly kind: 'lot-expired'; readonly lotId: string; readonly milliTokens: number }
  | {
      readonly kind: 'period-started'
      readonly period: Period
      readonly plan: Plan
      readonly paidShortfall: readonly Charge[]
    }
  | {
      readonly kind: 'period-closed'
      readonly period: Period
      readonly lines: readonly InvoiceLine[]
      readonly usdCents: number
      readonly creditUsdCents: number
    }
  | {
      readonly kind: 'limit-set'
      readonly appId: string
      readonly meter: string
      readonly perPeriod: number | null
      readonly used: number
      readonly held: readonly HoldSum[]
    }
  | {
      readonly kind: 'payment'
      readonly paymentId: string
      readonly paidFor: PaidFor
      readonly usdCents: number
      readonly isSettled: boolean
      /** Number of earlier results of the same payment. Absent in entries that were stored under their team. */
      readonly sequence?: number
    }
  | {
      readonly kind: 'payment-recovery'
      readonly period: Period
      readonly step: number
      readonly action: RecoveryAction
    }
  | {
      /** The team was told of a campaign: once for each notice and date, whoever asks how often. */
      readonly kind: 'campaign-notice'
      readonly campaignId: string
      readonly notice: CampaignNotice
      /** The date that the notice belongs to: the opening, a reminder's, or the deadline. */
      readonly scheduledAt: Instant
      readonly deadlineAt: Instant
      /** The team's apps that do not comply, the first hundred; `apps` counts all. */
      readonly appIds: readonly string[]
      readonly apps: number
    }
  | { readonly kind: 'suspended'; readonly reason: string }
  | { readonly kind: 'resumed' }
  /** What people had written about persons was erased from the entries before. */
  | { readonly kind: 'personal-data-erased' }
  | {
      readonly kind: 'adjustment'
      readonly adjustmentId: string
      readonly reason: string
      /** Whole tokens; their lot is an entry of its own. */
      readonly tokens: number
      readonly creditUsdCents: number
    }

export type EntryKind = EntryBody['kind']
export type EntryBodyOf<Kind extends EntryKind> = Extract<EntryBody, { kind: Kind }>
export type EntryOf<Kind extends EntryKind> = EntryHead & EntryBodyOf<Kind>

export interface EntryHead {
  readonly teamId: string
  /** The account's version that this entry makes: 1, 2, 3, … without a gap. */
  readonly version: number
  /** When it took effect: for what time alone did, the instant at which it fell due. */
  readonly at: Instant
  /** The caller's own name for what it was doing; absent where time alone, or nobody who said one, made the entry. */
  readonly correlationId?: string
}

/** The record of one operation; only the free text in it is ever changed, by an erasure. All entries of a team are its journal; folding them gives the account. */
export type Entry = EntryHead & EntryBody

/** The charges of an entry: for new use, or (`paidShortfall`) for shortfall of earlier use. */
export function chargesOf(entry: Entry): readonly Charge[] {
  if (entry.kind === 'usage' || entry.kind === 'capture') return entry.usage.charges
  return 'paidShortfall' in entry ? entry.paidShortfall : []
}
