/** Who puts events on the bus: Tollgate itself, and whoever processes payments. */
export const factSource = 'tollgate'
export const paymentSource = 'payments'

/** How a payment ended, as whoever processes payments says it. */
export const paymentResultTypes = ['PaymentSettled', 'PaymentFailed'] as const

/** What asks for a payment; it is for whoever processes payments, and no team is told of it. */
export const paymentRequestType = 'PaymentRequested'
