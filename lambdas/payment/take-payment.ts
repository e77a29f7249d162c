import { type Paid, type PaymentResult, payInvoice, payPurchase } from '../../core/commands/take-payment.ts'
import type { Deps } from '../runtime/deps.ts'
import { invoiceKey, keyText, lotGrantedKey, paymentKey, purchaseKey } from '../store/keys.ts'
import { parsePaymentReference } from './payment-reference.ts'

export interface ReportedPayment extends PaymentResult {
  /** What was paid: `team~purchaseId`, or `team~invoice:2026-01`. */
  readonly paymentReference: string
}

/**
 * Takes the result of a payment, whichever way it came. A result counts once per payment id, however often it is
 * reported. Answers false when there is no such purchase or invoice.
 */
export function takePayment(deps: Deps, { paymentReference, ...result }: ReportedPayment): Promise<boolean> {
  const { teamId, paidFor } = parsePaymentReference(paymentReference)
  return 'invoice' in paidFor
    ? takeForInvoice(deps, teamId, paidFor.invoice, result)
    : takeForPurchase(deps, teamId, paidFor.purchase, result)
}

async function takeForPurchase(
  deps: Deps,
  teamId: string,
  purchaseId: string,
  result: PaymentResult,
): Promise<boolean> {
  const purchase = await deps.journal.find(purchaseKey(teamId, purchaseId), 'purchase')
  if (purchase === undefined) return false
  const catalog = await deps.catalog.get()
  const lotKey = lotGrantedKey(teamId, purchaseId)
  return run(deps, teamId, result, async (account, now) => {
    const isGranted = (await deps.journal.find(lotKey, 'lot-granted')) !== undefined
    return payPurchase(account, purchase, result, isGranted, now, catalog)
  })
}

/** Also takes the result for a bill that time has made, and that nothing has written yet. */
async function takeForInvoice(
  deps: Deps,
  teamId: string,
  period: string,
  result: PaymentResult,
): Promise<boolean> {
  await deps.operations.advance(teamId, await deps.catalog.get())
  if ((await deps.journal.find(invoiceKey(teamId, period), 'period-closed')) === undefined) return false
  return run(deps, teamId, result, (account, now) => payInvoice(account, period, result, now))
}

async function run(
  deps: Deps,
  teamId: string,
  { paymentId }: PaymentResult,
  pay: (...args: Parameters<Parameters<Deps['operations']['run']>[2]>) => Paid | Promise<Paid>,
): Promise<boolean> {
  const outcome = await deps.operations.run(teamId, await deps.catalog.get(), async (account, now, known) => {
    // Another payment may have granted the lot meanwhile: only this payment's own entry says that it was taken.
    const isTaken = known.has(keyText(paymentKey(teamId, paymentId)))
    if (isTaken) return { account, entries: [], answer: undefined }
    return { ...(await pay(account, now, known)), answer: undefined }
  })
  return outcome !== 'absent'
}
