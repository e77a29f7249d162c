/** The sources of events on the bus: Tollgate itself, and the payment processor. */
export const factSource = 'tollgate'
export const paymentSource = 'payments'

/** The results of a payment, as the payment processor reports them. */
export const paymentResultTypes = [
  'PaymentSettled',
  'PaymentFailed',
  'PaymentRefunded',
  'PaymentChargedBack',
] as const
export type PaymentResultType = (typeof paymentResultTypes)[number]
