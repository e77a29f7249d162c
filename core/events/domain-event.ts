import type { PaidFor } from '../account/dues.ts'
import type { Alert } from '../alerts/alert.ts'
import type { FreeLimitStops } from '../catalog/catalog.ts'
import type { CampaignNotice, CreditNote, InvoiceLine } from '../journal/entry.ts'
import type { Instant, Period } from '../time/time.ts'

/** An event that is published outside the core, once per fact. A repeat has the same `eventId`. */
export type DomainEvent = {
  readonly eventId: string
  readonly teamId: string
  readonly at: Instant
  /** The correlation id of the entry that caused it. */
  readonly correlationId?: string
} & DomainEventBody

/** A threshold that a team has set for itself, and the figure that crossed it, both in the unit of the measure. */
interface Crossing extends Alert {
  readonly value: number
  readonly period: Period
}

/** A threshold of a meter's free amount, in percent, and the use of the month in base units. */
interface Threshold {
  readonly meter: string
  readonly api: string
  readonly freeLimitStops: FreeLimitStops
  readonly percent: number
  readonly used: number
  readonly limit: number
}

/** The failure of a payment, the next try, and the end of the time to pay, as far as there are any. */
export interface FailureFacts {
  readonly failedAt?: Instant
  readonly retryAt?: Instant
  /** The instant at which a due stops the rated meters. */
  readonly stopsAt?: Instant
  /** The instant until which a purchase can be paid. */
  readonly payUntil?: Instant
}

export type DomainEventBody =
  | ({ readonly type: 'UsageThresholdReached' } & Threshold)
  /** Use was taken back, and the free amount is below a threshold again that had been reached. */
  | ({ readonly type: 'UsageBackUnder' } & Threshold)
  | ({ readonly type: 'AlertReached' } & Crossing)
  /** The figure no longer reaches the threshold of an alert. */
  | ({ readonly type: 'AlertBackUnder' } & Crossing)
  /** A percentage of what subscriptions include of a meter this month, with its use and the amount in base units. */
  | {
      readonly type: 'IncludedThresholdReached'
      readonly meter: string
      readonly percent: number
      readonly used: number
      readonly limit: number
    }
  | {
      readonly type: 'FreeLimitReached'
      readonly meter: string
      readonly api: string
      readonly freeLimitStops: FreeLimitStops
      readonly limit: number
      readonly resumesAt: Instant
    }
  | { readonly type: 'TokensLow'; readonly milliTokens: number; readonly ofMilliTokens: number }
  | { readonly type: 'TokensExhausted' }
  | {
      readonly type: 'LotExpiring'
      readonly lotId: string
      readonly milliTokens: number
      readonly days: number
      readonly expiresAt: Instant
    }
  | { readonly type: 'LotExpired'; readonly lotId: string; readonly milliTokens: number }
  | { readonly type: 'PeriodClosed'; readonly period: Period; readonly usdCents: number }
  | {
      readonly type: 'InvoiceIssued'
      readonly period: Period
      readonly lines: readonly InvoiceLine[]
      readonly usdCents: number
      readonly dueUsdCents: number
    }
  | {
      readonly type: 'PaymentRequested'
      readonly paidFor: PaidFor
      readonly usdCents: number
      readonly attempt: number
    }
  | ({
      readonly type: 'PaymentRetryComing'
      readonly paidFor: PaidFor
      readonly usdCents: number
      readonly retryAt: Instant
    } & FailureFacts)
  | ({ readonly type: 'PaymentFailed'; readonly paidFor: PaidFor; readonly usdCents: number } & FailureFacts)
  | {
      readonly type: 'PurchaseRefunded'
      readonly purchaseId: string
      readonly usdCents: number
      /** Tokens that the purchase still had. Those that nothing is held for are taken back at once. */
      readonly milliTokens: number
    }
  | ({
      readonly type: 'PurchaseChargedBack'
      readonly purchaseId: string
      readonly usdCents: number
      readonly milliTokens: number
      /** Price of the tokens that were spent before. */
      readonly dueUsdCents: number
    } & FailureFacts)
  | ({
      readonly type: 'TeamSuspended'
      readonly because: 'operator' | 'payment-overdue'
      readonly reason?: string
      /** The due that stops the team: only where a payment is overdue. */
      readonly paidFor?: PaidFor
      readonly usdCents?: number
    } & FailureFacts)
  | {
      readonly type: 'UsageReversed'
      readonly reversalId: string
      readonly appId: string
      readonly meter: string
      readonly quantity: number
      readonly milliTokens: number
      readonly creditUsdCents: number
      readonly reason: string
    }
  | ({ readonly type: 'CreditNoteIssued' } & CreditNote)
  | { readonly type: 'TeamResumed'; readonly because: 'operator' | 'paid' }
  | { readonly type: 'AppMigrated'; readonly appId: string }
  | {
      readonly type: 'MigrationReminder'
      readonly campaignId: string
      readonly notice: CampaignNotice
      readonly deadlineAt: Instant
      readonly apps: number
      readonly appIds: readonly string[]
    }
  | { readonly type: 'AppSuspended'; readonly campaignId: string; readonly appId: string }

export type DomainEventType = DomainEventBody['type']
