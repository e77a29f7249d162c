import { grantLot, lotOf } from '../../core/plan/purchase.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { reportPayment as call } from '../schema/ops.ts'
import type { PaymentAnswer } from '../schema/ops-answers.ts'
import { purchaseKey } from '../store/keys.ts'

/**
 * Takes the result of a payment for a purchase, named `team~purchaseId`: a settled one grants the lot, once, however often
 * it is reported. A failed one changes nothing: the purchase stays pending and may still be paid.
 */
export function reportPayment(deps: Deps) {
  return route(call, async ({ body }): Promise<Outcome> => {
    const [teamId = '', purchaseId = ''] = body.invoiceOrPurchaseId.split('~')
    const purchase = await deps.journal.find(purchaseKey(teamId, purchaseId), 'purchase')
    if (purchase === undefined) return notFound
    if (body.status === 'settled') {
      const catalog = await deps.catalog.get()
      await deps.operations.run(teamId, catalog, (account, now, known) => {
        if (known.size > 0) return { account, entries: [], answer: undefined }
        const lot = lotOf(purchaseId, purchase.tokens, purchase.at, now)
        const { account: granted, entry } = grantLot(account, lot, now, catalog)
        return { account: granted, entries: [entry], answer: undefined }
      })
    }
    return { status: 200, body: body satisfies PaymentAnswer }
  })
}
