import type { Period } from '../time/time.ts'

/** The id of a month's invoice. Rows that cost tokens alone have it too, even where the month has no invoice. */
export function invoiceIdOf(teamId: string, period: Period): string {
  return `${teamId}-${period}`
}

/** The id of a credit note, by its number in the team's series of invoices and credit notes. */
export function creditNoteIdOf(teamId: string, number: number): string {
  return `${teamId}-credit-note-${number}`
}

/** The id of a receipt, by its number in the team's series. */
export function receiptIdOf(teamId: string, number: number): string {
  return `${teamId}-receipt-${number}`
}

/** The id of a payment that changed what the team pays: a refund, a charge-back, or money that became credit. */
export function paymentIdOf(teamId: string, paymentId: string): string {
  return `${teamId}-payment-${paymentId}`
}
