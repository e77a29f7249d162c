import type { PaymentStatus } from '../../core/account/payable.ts'
import { parsePaymentReference } from '../../core/account/payment-reference.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Deps } from '../runtime/deps.ts'

export interface ReportedPayment {
  readonly paymentId: string
  readonly status: PaymentStatus
  readonly usdCents?: number
  /** The subject of the payment: `team~purchaseId`, `team~invoice:2026-01` or `team~charge-back:purchaseId`. */
  readonly paymentReference: string
}

/**
 * Takes the result of a payment from either way in; the same result may be reported any number of times. Returns `absent`
 * if there is no such purchase or due, and a refusal if the payment id belongs to another one, or has already passed the
 * reported result.
 */
export async function takePayment(
  { operations }: Deps,
  reported: ReportedPayment,
): Promise<'taken' | 'absent' | Refusal> {
  const { paymentReference, ...result } = reported
  const { teamId, paidFor } = parsePaymentReference(paymentReference)
  const taken = await operations.run(teamId, { kind: 'take-payment', ...result, paidFor })
  if (taken === 'absent' || 'refused' in taken) return taken
  return taken.answer.isKnown ? 'taken' : 'absent'
}
