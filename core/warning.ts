/** Warnings that come with an answer, although it allows. */
export const warningCodes = [
  'GRACE_PERIOD',
  'FREE_LIMIT_REACHED',
  'PAYMENT_FAILED',
  'RATE_CARD_SHORT_NOTICE',
  'SHORT_NOTICE',
] as const

export type WarningCode = (typeof warningCodes)[number]
/** The warnings of authorizations. */
export type MeterWarningCode = Extract<WarningCode, 'GRACE_PERIOD' | 'FREE_LIMIT_REACHED'>
