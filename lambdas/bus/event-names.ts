/** Who puts events on the bus: Tollgate itself, and whoever processes payments. */
export const factSource = 'tollgate'
export const paymentSource = 'payments'

/** How a payment ended, as whoever processes payments says it. */
export const paymentResultTypes = ['PaymentSettled', 'PaymentFailed'] as const

/** What asks for a payment; it is for whoever processes payments, and no team is told of it. */
export const paymentRequestType = 'PaymentRequested'

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
] as const
export type ToldType = (typeof toldTypes)[number]
