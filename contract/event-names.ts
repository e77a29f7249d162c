/** Sources of events on the bus: Tollgate itself and the payment processor. */
export const factSource = 'tollgate'
export const paymentSource = 'payments'

/** Results of a payment, in the payment processor's events. */
export const paymentResultTypes = ['PaymentSettled', 'PaymentFailed'] as const
