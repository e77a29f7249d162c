import * as v from 'valibot'
import { amount, instantText, periodText } from './figures.ts'

/** A correction of a closed invoice, numbered in the same series. */
const creditNoteFields = {
  number: amount,
  period: v.pipe(periodText, v.description('The month of the invoice that it corrects')),
  meter: v.string(),
  units: amount,
  usdCents: amount,
  dueUsdCents: v.pipe(amount, v.description('The part that was still due; the rest became credit')),
}

export const creditNoteAnswer = v.pipe(v.object(creditNoteFields), v.title('CreditNote'))

/** A credit note as it is listed with the invoices. */
export const issuedCreditNoteAnswer = v.pipe(
  v.object({ ...creditNoteFields, reversalId: v.string(), issuedAt: instantText }),
  v.title('IssuedCreditNote'),
)
