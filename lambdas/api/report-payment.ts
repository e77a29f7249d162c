import type { PaymentAnswer } from '../../contract/report-payment.ts'
import { reportPayment as call } from '../../contract/report-payment.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import { takePayment } from '../payment/take-payment.ts'
import type { Deps } from '../runtime/deps.ts'

/**
 * Takes the result of a payment: of a purchase, named `team~purchaseId`, of an invoice, `team~invoice:2026-01`, or of a
 * charge-back, `team~charge-back:purchaseId`. The same result of a payment id counts once, however often it is reported.
 */
export function reportPayment(deps: Deps) {
  return route(call, async ({ body }): Promise<Outcome> => {
    const { invoiceOrPurchaseId: paymentReference, ...reported } = body
    const result = await takePayment(deps, { ...reported, paymentReference })
    if (result === 'absent') return notFound
    return result === 'taken' ? { status: 200, body: body satisfies PaymentAnswer } : result
  })
}
