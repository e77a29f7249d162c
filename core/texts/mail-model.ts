import type { Role } from '../account/members.ts'
import type { MailedEventType } from '../events/notified-types.ts'
import type { Language } from './texts-model.ts'

/** Types that are not on the bus: a webhook of the team was given up, and a person was invited. */
export const ownMailedTypes = ['WebhookDisabled', 'MemberInvited'] as const

export type MailedType = MailedEventType | (typeof ownMailedTypes)[number]

/** The facts that a mail may name: the fields of the events, instants as RFC 3339. Every fact may be absent. */
export interface MailFacts {
  readonly meter?: string
  readonly measure?: string
  /** The threshold of an alert and the figure that crossed it: US cents, tokens or days, as the measure says. */
  readonly threshold?: number
  readonly value?: number
  readonly api?: string
  /** The part that a used-up free amount stops: `meter`, or the whole `api`. */
  readonly freeLimitStops?: string
  readonly percent?: number
  readonly used?: number
  readonly limit?: number
  readonly resumesAt?: string
  readonly tokens?: number
  readonly ofTokens?: number
  readonly lotId?: string
  readonly purchaseId?: string
  readonly number?: number
  readonly days?: number
  readonly expiresAt?: string
  readonly period?: string
  readonly usdCents?: number
  readonly dueUsdCents?: number
  readonly failedAt?: string
  readonly retryAt?: string
  readonly stopsAt?: string
  readonly payUntil?: string
  /** The page on which a failed payment can be made; absent where the address of the page is not known. */
  readonly payUrl?: string
  /** URLs of the use behind an alert, and of the alerts. Absent where the page has no public address. */
  readonly usageUrl?: string
  readonly alertsUrl?: string
  readonly paymentReference?: string
  readonly because?: string
  readonly reason?: string
  readonly campaignId?: string
  readonly notice?: string
  readonly deadlineAt?: string
  readonly apps?: number
  readonly appIds?: readonly string[]
  readonly appId?: string
  readonly url?: string
  readonly teamName?: string
  readonly role?: Role
  /** The address of the admin who invited the person. */
  readonly invitedBy?: string
}

export interface MailText {
  readonly subject: string
  /** Plain text, one paragraph to an item. */
  readonly paragraphs: readonly string[]
}

/** Writes an instant (RFC 3339) to the minute. */
export type WriteMinute = (at: string | undefined) => string

export type MailTexts = Readonly<Record<MailedType, (facts: MailFacts, minute: WriteMinute) => MailText>>

/** Writes instants in UTC, followed by the local time of a mail's readers where that is known. */
export function minuteWriter(language: Language, localTime?: (at: string) => string): WriteMinute {
  return (at) => {
    if (at === undefined) return language === 'ja' ? '(日時未定)' : '(no date)'
    const local = localTime === undefined ? '' : ` (${localTime(at)})`
    return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC${local}`
  }
}

export function usdText(usdCents: number | undefined): string {
  return `USD ${((usdCents ?? 0) / 100).toFixed(2)}`
}
