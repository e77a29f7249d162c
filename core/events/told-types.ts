import type { DomainEventType } from './domain-event.ts'

/** Events that teams are notified of: by webhook, and those marked `true` by e-mail, too. */
const isMailed = {
  UsageThresholdReached: true,
  FreeLimitReached: true,
  TokensLow: true,
  TokensExhausted: true,
  LotExpiring: true,
  LotExpired: true,
  PeriodClosed: false,
  InvoiceIssued: true,
  PaymentRetryComing: true,
  PaymentFailed: true,
  TeamSuspended: true,
  TeamResumed: true,
  AppMigrated: false,
  MigrationReminder: true,
  AppSuspended: true,
} as const satisfies Partial<Record<DomainEventType, boolean>>

type Told = typeof isMailed
type ToldType = keyof Told

/** Event types that teams are notified of. */
export const toldTypes = Object.keys(isMailed) as readonly ToldType[]

/** Event types that are also sent by e-mail. */
export type MailedEventType = { [Type in ToldType]: Told[Type] extends true ? Type : never }[ToldType]

export const mailedTypes = toldTypes.filter((type): type is MailedEventType => isMailed[type])
