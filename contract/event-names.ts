/** Who puts events on the bus: Tollgate itself, and whoever processes payments. */
export const factSource = 'tollgate'
export const paymentSource = 'payments'

/** How a payment ended, as whoever processes payments says it. */
export const paymentResultTypes = ['PaymentSettled', 'PaymentFailed'] as const
