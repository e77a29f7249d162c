import type {
  Budget,
  Funding,
  HoldSum,
  Lot,
  Plan,
  Profile,
  Shortfall,
  Terms,
  Withdrawn,
} from '../account/account.ts'
import type { PaidFor } from '../account/dues.ts'
import type { Payable, PaymentStatus } from '../account/payable.ts'
import type { Subscription } from '../account/subscriptions.ts'
import type { AlertNote } from '../alerts/alert.ts'
import type { DocumentHead } from '../invoice/document.ts'
import type { RecoveryAction } from '../invoice/recovery.ts'
import type { Instant, Period } from '../time/time.ts'
import type { MeterWarningCode, WarningCode } from '../warning.ts'

/** The payment of one or several completed units. A unit is never split between sources; it may span lots. */
export type Charge =
  | {
      readonly source: 'flex'
      readonly meter: string
      readonly units: number
      readonly milliTokens: number
      readonly lots: readonly { readonly lotId: string; readonly milliTokens: number }[]
      /** Version of the entry whose shortfall this pays; 0 for several, absent for new use. */
      readonly pays?: number
    }
  | {
      readonly source: 'pay-as-you-go'
      readonly meter: string
      readonly units: number
      readonly usdCents: number
      readonly period: Period
      readonly pays?: number
    }
  | {
      readonly source: 'shortfall'
      readonly meter: string
      readonly units: number
      readonly milliTokensPerUnit: number
      readonly usdCentsPerUnit: number
    }

/** A use and the way it counts. `period` is the month whose amounts it counts in. */
export interface Usage {
  readonly appId: string
  readonly meter: string
  readonly quantity: number
  /** The part of the quantity that included amounts gave: it costs nothing on any plan. Absent for none. */
  readonly included?: number
  /** The part that nobody pays, because the cap of its authorization leaves no room for it. Absent for none. */
  readonly waived?: number
  readonly funding: Funding
  readonly period: Period
  /** Base units of one charged unit at the time; only for paid use. */
  readonly unitSize?: number
  readonly charges: readonly Charge[]
}

/** The reason why an authorization is over: a final capture, a void, its end, or captures of all of its quantity. */
export type ClosedBecause = 'final' | 'void' | 'expired' | 'used-up' | 'reversed'

/** A price in tokens and in money. One of the two is paid. */
export interface Cost {
  readonly milliTokens: number
  readonly usdCents: number
}

/** A change of a budget, in its measure: what an authorization holds until `expiresAt`, and what is used. */
export interface BudgetMove {
  readonly budgetId: string
  readonly expiresAt: Instant
  readonly held: number
  readonly used: number
}

/**
 * The most that an authorization may be charged, and what it has been charged so far. Every charged unit counts at its price
 * in tokens and at its price in money, whichever source pays it.
 */
export interface Cap extends Cost {
  /** Base units that may be charged. */
  readonly quantity: number
  readonly chargedMilliTokens: number
  readonly chargedUsdCents: number
}

/** An authorization as its latest entry leaves it. */
export interface Authorization {
  readonly authorizationId: string
  readonly appId: string
  readonly meter: string
  /** Base units that were granted. */
  readonly quantity: number
  /** The quantities that the id is bound to, where less than all could be granted. */
  readonly asked?: { readonly quantity: number; readonly quantityMin: number }
  readonly holdSeconds: number
  readonly expiresAt: Instant
  readonly funding: Funding
  /** Granted with pay-as-you-go behind it, up to this spend limit (null: none). A later change cannot take that back. */
  readonly spendLimitUsdCents?: number | null
  /** The quote that it was granted under. */
  readonly quoteId?: string
  /** The budget that it draws on. */
  readonly budgetId?: string
  /** Present on a paid plan under a quote or on a budget. */
  readonly cap?: Cap
  readonly used: number
  /** Base units that this authorization still holds, unless it has expired. */
  readonly held: number
  /** Version of the entry that granted it: a limit that was set later may not have counted it. */
  readonly grantVersion?: number
  /** A final capture or a void has closed it. */
  readonly closed: boolean
  /** The reason for closing as of the latest entry; `closureOf` adds closures by time and use alone. */
  readonly closedBecause?: ClosedBecause
  /** Number of captures and voids after the authorization itself. */
  readonly sequence: number
}

export type Warning<Code extends WarningCode = WarningCode> = { readonly code: Code; readonly until: Instant }
export type FundedBy = 'included' | 'free' | 'flex' | 'pay-as-you-go' | 'grace' | 'unrated'

/** Units of one meter at one price. */
export interface InvoiceLine {
  readonly meter: string
  readonly units: number
  /** Absent only in a line for the units beyond the prices that a month counts separately (`pricesMax`). */
  readonly unitPriceUsdCents?: number
  readonly usdCents: number
  /** The part of the units that belongs to an earlier, closed month. */
  readonly lateUnits: number
}

/** Use that an operator took back: of an authorization's captures in one month, or of a usage event. */
export interface ReversedUse {
  /** UTC day that the use was booked to, `2026-01-15`. */
  readonly day: string
  readonly usage: Usage
}

/** Use or single units of one entry that a reversal takes back or keeps. */
export interface ReversedPart extends ReversedUse {
  /** Version of the entry that made the charges. */
  readonly entry: number
  /** Counted as late on its bill. */
  readonly isLate: boolean
}

/** A bill's line, or a part of it, taken back after the bill was closed. It shares a series of numbers with the invoices. */
export interface CreditNote extends DocumentHead {
  /** The month of the invoice that it corrects. */
  readonly period: Period
  readonly meter: string
  readonly units: number
  readonly usdCents: number
  /** The part that reduces what is due of the invoice; the rest becomes credit. */
  readonly dueUsdCents: number
}

/** Tokens that go back to their lot. `lot` is the lot after it; tokens past its expiry have lapsed. */
export interface ReturnedTokens {
  readonly lot: Lot
  readonly milliTokens: number
  readonly hasLapsed: boolean
}

/** The receipt of a purchase, issued when its payment has settled. */
export interface Receipt extends DocumentHead {
  readonly unitPriceUsdCents: number
  readonly usdCents: number
}

export type CampaignNotice = 'announced' | 'reminded' | 'stopped'

export type EntryBody =
  | {
      readonly kind: 'team-changed'
      readonly profile: Profile
      /** Version of this entry if it changed the team's name or country, else of the earlier entry that did. */
      readonly teamVersion: number
      /** Shortfall that pay-as-you-go pays because the team meets its conditions again. */
      readonly paidShortfall?: readonly Charge[]
      /** The reason of the operator, here and below: free text, which an erasure replaces. */
      readonly reason?: string
    }
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
      readonly budget?: BudgetMove
      readonly warnings: readonly Warning<MeterWarningCode>[]
    }
  | {
      readonly kind: 'capture'
      readonly authorization: Authorization
      readonly released: number
      readonly usage: Usage
      readonly budget?: BudgetMove
      readonly isLate: boolean
      readonly isOverrun: boolean
    }
  | {
      readonly kind: 'void'
      readonly authorization: Authorization
      readonly released: number
      readonly budget?: BudgetMove
    }
  | ({
      /** An operator took back all use of an authorization, or a usage event, with everything that it was charged. */
      readonly kind: 'reversal'
      readonly reversalId: string
      readonly reason: string
      readonly appId: string
      readonly meter: string
      readonly uses: readonly ReversedUse[]
      /** Units of other use among `uses`: it had been completed by what is taken back. */
      readonly alsoReturned: readonly ReversedPart[]
      /** Units that stay charged: other use completes them without what is taken back. */
      readonly kept: readonly ReversedPart[]
      readonly tokens: readonly ReturnedTokens[]
      /** Pay-as-you-go of open months that leaves its tally, by month and price. */
      readonly unbilled: readonly {
        readonly period: Period
        readonly units: number
        readonly usdCents: number
        readonly lateUnits: number
      }[]
      readonly creditNotes: readonly CreditNote[]
      /** US cents that become credit: of credit notes, and of what was paid for tokens that were charged back. */
      readonly creditUsdCents: number
      /** The amounts that stay due of charge-backs whose spent tokens come back. */
      readonly owed: readonly { readonly dueId: string; readonly usdCents: number }[]
      /** Shortfall that was still due, by the version in its row. */
      readonly shortfall: readonly Shortfall[]
      /** Charges that had paid for its shortfall, and that come back. */
      readonly unpaid: readonly Charge[]
      /** Older shortfall of other use that the returned tokens pay. */
      readonly paidShortfall: readonly Charge[]
    } & (
      | { readonly authorization: Authorization; readonly released: number; readonly budget?: BudgetMove }
      | { readonly source: string; readonly id: string }
    ))
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
  | {
      readonly kind: 'lot-granted'
      readonly lot: Lot
      readonly paidShortfall: readonly Charge[]
      /** Absent where nothing was paid: tokens of an adjustment. */
      readonly receipt?: Receipt
    }
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
  | ({
      /** The invoice of a period. It shares a series of numbers with the credit notes. */
      readonly kind: 'period-closed'
      readonly period: Period
      readonly lines: readonly InvoiceLine[]
      /** Sum of the lines. */
      readonly usdCents: number
      /** Credit that pays a part of the lines and of what earlier bills carried. */
      readonly creditUsdCents: number
      /** US cents that earlier bills, too small to be paid, carried to this one. */
      readonly carriedInUsdCents: number
      /** The rest of this bill where it is too small to be paid: nothing is due, and a later bill names it. */
      readonly carriedUsdCents: number
    } & DocumentHead)
  | {
      readonly kind: 'limit-set'
      readonly appId: string
      readonly meter: string
      readonly perPeriod: number | null
      readonly used: number
      readonly held: readonly HoldSum[]
      /** Authorizations that earlier entries granted are not in `held`; absent where all are. */
      readonly fromVersion?: number
    }
  | ({
      readonly kind: 'budget-made'
      /** The name of its key. */
      readonly name: string
      readonly keyHash: string
    } & Omit<Budget, 'usedIn' | 'used' | 'held'>)
  | { readonly kind: 'budget-revoked'; readonly budgetId: string; readonly appId: string }
  | {
      readonly kind: 'payment'
      readonly paymentId: string
      readonly paidFor: PaidFor
      readonly status: PaymentStatus
      readonly usdCents: number
      /** Number of earlier results of the same payment. */
      readonly sequence: number
      /** The state of its purchase or due after it. */
      readonly payable: Payable
      /** US cents added to the team's credit, or taken from it (negative). */
      readonly creditUsdCents: number
      /** The amount that is due under an id after it; zero removes the due. */
      readonly owed?: { readonly dueId: string; readonly usdCents: number }
      /** The lot that a refund or a charge-back withdraws, with the tokens that it still has. */
      readonly withdrawn?: Withdrawn & { readonly lotId: string; readonly milliTokens: number }
      /** The lot that a won dispute gives back, and the shortfall that it pays. */
      readonly restored?: { readonly lot: Lot; readonly paidShortfall: readonly Charge[] }
      readonly reason?: string
    }
  | {
      /** The team asked to pay a purchase again whose payment had failed. */
      readonly kind: 'payment-requested'
      readonly purchaseId: string
      readonly usdCents: number
      readonly attempt: number
      readonly payable: Payable
    }
  | { readonly kind: 'purchase-given-up'; readonly purchaseId: string; readonly payable: Payable }
  | {
      /** Tokens of a withdrawn lot that no open authorization needs any more. */
      readonly kind: 'tokens-taken-back'
      readonly lotId: string
      readonly milliTokens: number
    }
  | {
      readonly kind: 'payment-recovery'
      readonly dueId: string
      readonly step: number
      readonly action: RecoveryAction
    }
  | {
      /** The team was notified of a campaign: once for each notice and date, however often it is requested. */
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
  /** A figure has crossed a threshold that the team has set: the team is notified once of each crossing. */
  | ({ readonly kind: 'alert-noted' } & AlertNote)
  /** Rows of the team's subscriptions after an operator has set them. */
  | {
      readonly kind: 'subscriptions-changed'
      readonly subscriptions: readonly Subscription[]
      readonly reason?: string
    }
  | { readonly kind: 'suspended'; readonly reason: string }
  | { readonly kind: 'resumed'; readonly reason?: string }
  /** Text that people wrote about persons was erased from the earlier entries. */
  | { readonly kind: 'personal-data-erased' }
  | {
      readonly kind: 'adjustment'
      readonly adjustmentId: string
      readonly reason: string
      /** Whole tokens; their lot is a separate entry. */
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
  /** The instant at which it took effect; for an entry that time alone made, the instant at which it fell due. */
  readonly at: Instant
  /** The caller's own name for its work; absent if time alone made the entry, or the caller sent no name. */
  readonly correlationId?: string
  /** The subject of the token of the call that asked for the entry; absent if no call asked for it. */
  readonly actor?: string
}

/**
 * The record of one operation. Only an erasure changes it, and only its free text. The entries of a team are its journal;
 * folding them gives the account.
 */
export type Entry = EntryHead & EntryBody

/** The charges of an entry: for new use, or (`paidShortfall`) for shortfall of earlier use. */
export function chargesOf(entry: Entry): readonly Charge[] {
  if (entry.kind === 'usage' || entry.kind === 'capture') return entry.usage.charges
  if (entry.kind === 'payment') return entry.restored?.paidShortfall ?? []
  return 'paidShortfall' in entry ? (entry.paidShortfall ?? []) : []
}
