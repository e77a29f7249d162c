import type { PaymentStatus } from '../../core/account/payable.ts'
import { parsePaymentReference } from '../../core/account/payment-reference.ts'
import type { TakePayment } from '../../core/commands/take-payment.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Deps } from '../runtime/deps.ts'

export interface ReportedPayment {
  readonly paymentId: string
  readonly status: PaymentStatus
  readonly usdCents?: number
  /** The subject of the payment: `team~purchaseId`, `team~invoice:2026-01` or `team~charge-back:purchaseId`. */
  readonly paymentReference: string
  /** The reason of an operator who reports it. */
  readonly reason?: string | undefined
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
  const { teamId, command } = paymentCommand(reported)
  const taken = await operations.run(teamId, command)
  if (taken === 'absent' || 'refused' in taken) return taken
  return taken.answer.isKnown ? 'taken' : 'absent'
}

/** The command that takes a reported payment, and the team that its reference names. */
export function paymentCommand({ paymentReference, ...result }: ReportedPayment): {
  readonly teamId: string
  readonly command: TakePayment
} {
  const { teamId, paidFor } = parsePaymentReference(paymentReference)
  return { teamId, command: { kind: 'take-payment', ...result, paidFor } }
}
