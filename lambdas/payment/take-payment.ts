import type { Deps } from '../runtime/deps.ts'
import { parsePaymentReference } from './payment-reference.ts'

export interface ReportedPayment {
  readonly paymentId: string
  readonly isSettled: boolean
  /** The subject of the payment: `team~purchaseId`, or `team~invoice:2026-01`. */
  readonly paymentReference: string
}

/**
 * Takes the result of a payment, whichever way it came. A result counts once per payment id, however often it is
 * reported. Returns false when there is no such purchase or invoice.
 */
export async function takePayment({ operations }: Deps, reported: ReportedPayment): Promise<boolean> {
  const { paymentId, isSettled, paymentReference } = reported
  const { teamId, paidFor } = parsePaymentReference(paymentReference)
  const result = await operations.run(teamId, { kind: 'take-payment', paymentId, paidFor, isSettled })
  if (result === 'absent') return false
  if ('refused' in result) throw new Error('a payment is never refused')
  return result.answer.isKnown
}
