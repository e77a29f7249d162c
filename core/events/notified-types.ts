import type { DomainEventType } from './domain-event.ts'

/** Events that teams are notified of: by webhook, and those marked `true` by e-mail, too. */
const isMailed = {
  UsageThresholdReached: true,
  FreeLimitReached: true,
  IncludedThresholdReached: true,
  TokensLow: true,
  TokensExhausted: true,
  LotExpiring: true,
  LotExpired: true,
  PeriodClosed: false,
  InvoiceIssued: true,
  PaymentRetryComing: true,
  PaymentFailed: true,
  UsageBackUnder: true,
  UsageReversed: false,
  CreditNoteIssued: true,
  PurchaseRefunded: true,
  PurchaseChargedBack: true,
  TeamSuspended: true,
  TeamResumed: true,
  AppMigrated: false,
  MigrationReminder: true,
  AppSuspended: true,
  AlertReached: true,
  AlertBackUnder: true,
} as const satisfies Partial<Record<DomainEventType, boolean>>

/** The type of the event that a test sends. It is no event of the bus: nothing has happened. */
export const webhookTestType = 'WebhookTest'

type Mailed = typeof isMailed
type NotifiedType = keyof Mailed

/** Event types that teams are notified of. */
export const notifiedTypes = Object.keys(isMailed) as readonly NotifiedType[]

/** Event types that are also sent by e-mail. */
export type MailedEventType = {
  [Type in NotifiedType]: Mailed[Type] extends true ? Type : never
}[NotifiedType]

export const mailedTypes = notifiedTypes.filter((type): type is MailedEventType => isMailed[type])
