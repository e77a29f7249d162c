import * as v from 'valibot'
import { documentFields } from './document.ts'
import { amount, periodText } from './figures.ts'

/** A correction of one line of a closed invoice, numbered in the same series. */
const creditNoteFields = {
  number: amount,
  period: v.pipe(periodText, v.description('The month of the invoice that it corrects')),
  meter: v.string(),
  units: amount,
  unitPriceUsdCents: amount,
  usdCents: amount,
  dueUsdCents: v.pipe(amount, v.description('The part that was still due; the rest became credit')),
}

export const creditNoteAnswer = v.pipe(v.object(creditNoteFields), v.title('CreditNote'))

/** A credit note as it is listed with the invoices. */
export const issuedCreditNoteAnswer = v.pipe(
  v.object({ ...creditNoteFields, ...documentFields, reversalId: v.string() }),
  v.title('IssuedCreditNote'),
)

export type CreditNoteAnswer = v.InferOutput<typeof creditNoteAnswer>
export type IssuedCreditNoteAnswer = v.InferOutput<typeof issuedCreditNoteAnswer>
