import type { PaidFor } from './dues.ts'
import { paidForOf } from './dues.ts'
import { payableName } from './payable.ts'

/** The subject of a payment in one text, which the payment processor gives back. */
export function paymentReference(teamId: string, paidFor: PaidFor): string {
  return `${teamId}~${payableName(paidFor)}`
}

/** Parses the team and the purpose from a payment reference. A purchase's id has no colon, so it cannot be confused with a due. */
export function parsePaymentReference(text: string): { readonly teamId: string; readonly paidFor: PaidFor } {
  const [teamId = '', reference = ''] = text.split('~')
  return { teamId, paidFor: reference.includes(':') ? paidForOf(reference) : { purchase: reference } }
}
