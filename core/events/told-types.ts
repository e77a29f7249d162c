import type { DomainEventType } from './domain-event.ts'

/** What teams are told, by webhook and some of it by e-mail. */
export const toldTypes = [
  'UsageThresholdReached',
  'FreeLimitReached',
  'TokensLow',
  'TokensExhausted',
  'LotExpiring',
  'LotExpired',
  'PeriodClosed',
  'InvoiceIssued',
  'PaymentRetryComing',
  'PaymentFailed',
  'TeamSuspended',
  'TeamResumed',
  'AppMigrated',
  'MigrationReminder',
  'AppSuspended',
] as const satisfies readonly DomainEventType[]
