import type { Refusal } from '../../core/refusal.ts'
import type { Deps } from '../runtime/deps.ts'
import { parsePaymentReference } from './payment-reference.ts'

export interface ReportedPayment {
  readonly paymentId: string
  readonly isSettled: boolean
  /** The subject of the payment: `team~purchaseId`, or `team~invoice:2026-01`. */
  readonly paymentReference: string
}

/**
 * Takes the result of a payment from either way in; the same result may be reported any number of times. Returns `absent`
 * if there is no such purchase or invoice, and a refusal if the payment id belongs to another one, or has already settled and
 * is now reported as failed.
 */
export async function takePayment(
  { operations }: Deps,
  reported: ReportedPayment,
): Promise<'taken' | 'absent' | Refusal> {
  const { paymentId, isSettled, paymentReference } = reported
  const { teamId, paidFor } = parsePaymentReference(paymentReference)
  const result = await operations.run(teamId, { kind: 'take-payment', paymentId, paidFor, isSettled })
  if (result === 'absent' || 'refused' in result) return result
  return result.answer.isKnown ? 'taken' : 'absent'
}
