import type { PaidFor } from '../../core/journal/entry.ts'

/** The subject of a payment in one text, which the payment processor gives back. */
export function paymentReference(teamId: string, paidFor: PaidFor): string {
  return 'invoice' in paidFor ? `${teamId}~invoice:${paidFor.invoice}` : `${teamId}~${paidFor.purchase}`
}

/** Parses the team and the purpose from such a text. A purchase's id has no colon, so the two kinds cannot be confused. */
export function parsePaymentReference(text: string): { readonly teamId: string; readonly paidFor: PaidFor } {
  const [teamId = '', reference = ''] = text.split('~')
  const [, invoice] = /^invoice:(.+)$/.exec(reference) ?? []
  return { teamId, paidFor: invoice === undefined ? { purchase: reference } : { invoice } }
}
