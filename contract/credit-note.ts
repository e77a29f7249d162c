import * as v from 'valibot'
import { amount, periodText } from './figures.ts'

/** A correction of a closed invoice, numbered in the same series. */
export const creditNoteAnswer = v.pipe(
  v.object({
    number: amount,
    period: v.pipe(periodText, v.description('The month of the invoice that it corrects')),
    meter: v.string(),
    units: amount,
    usdCents: amount,
    dueUsdCents: v.pipe(amount, v.description('The part that was still due; the rest became credit')),
  }),
  v.title('CreditNote'),
)
