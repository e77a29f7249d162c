import type { PaymentAnswer } from '../../contract/report-payment.ts'
import { reportPayment as call } from '../../contract/report-payment.ts'
import { previewAct } from '../acts/preview-act.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import { paymentCommand, takePayment } from '../payment/take-payment.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/**
 * Takes the result of a payment: of a purchase, named `team~purchaseId`, of an invoice, `team~invoice:2026-01`, or of a
 * charge-back, `team~charge-back:purchaseId`. The same result of a payment id counts once, however often it is reported.
 */
export function reportPayment(deps: TeamDeps) {
  return route(call, async ({ body: { reason, ...body }, query, language }): Promise<Outcome> => {
    const { invoiceOrPurchaseId: paymentReference, ...reported } = body
    const payment = { ...reported, reason, paymentReference }
    if (query.preview) {
      const { teamId, command } = paymentCommand(payment)
      const shown = await previewAct(deps, { teamId, language }, command)
      if (shown === 'absent') return notFound
      if ('refused' in shown) return shown
      if (!shown.answer.isKnown) return notFound
      return { status: 200, body: { ...body, effect: shown.effect } satisfies PaymentAnswer }
    }
    const result = await takePayment(deps, payment)
    if (result === 'absent') return notFound
    return result === 'taken' ? { status: 200, body: body satisfies PaymentAnswer } : result
  })
}
