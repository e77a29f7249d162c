import * as v from 'valibot'
import { documentFields } from './document.ts'
import { amount, instantText, periodText } from './figures.ts'
import { failureFields } from './payment-failure.ts'

const invoiceLineAnswer = v.pipe(
  v.object({
    meter: v.string(),
    units: amount,
    /** Absent only in the line for the units beyond the first 16 prices of a meter in a month. */
    unitPriceUsdCents: v.optional(amount),
    usdCents: amount,
    /** Units of an earlier, closed period that the line includes. */
    lateUnits: v.optional(amount),
    /** The path of the entries behind the line. */
    entries: v.string(),
  }),
  v.title('InvoiceLine'),
)

const invoiceFields = {
  invoiceId: v.string(),
  ...documentFields,
  period: periodText,
  number: v.pipe(amount, v.description("Its number in the team's series of invoices and credit notes")),
  /** One line per meter and price. */
  lines: v.array(invoiceLineAnswer),
  /** The sum of the lines, the credited amount, and the amount due. */
  usdCents: amount,
  creditUsdCents: amount,
  /** US cents that earlier bills carried here, because they were too small to be paid. */
  carriedInUsdCents: v.optional(amount),
  /** The rest of this bill where it is too small to be paid: nothing is due, and a later bill names it. */
  carriedUsdCents: v.optional(amount),
  dueUsdCents: amount,
  /** The instant until which it is to be paid; absent if nothing is due. */
  payBy: v.optional(instantText),
  /** The reference that a payment of this invoice names. */
  paymentReference: v.string(),
}

/** An invoice as it was issued. Nothing that happens later changes it, except that names may be erased. */
export const invoiceAnswer = v.pipe(v.object(invoiceFields), v.title('Invoice'))

/** An invoice with the state of its payment as it is now. */
export const listedInvoiceAnswer = v.pipe(
  v.object({
    ...invoiceFields,
    status: v.picklist(['due', 'paid', 'overdue', 'carried', 'refunded']),
    ...failureFields,
  }),
  v.title('ListedInvoice'),
)

export type InvoiceAnswer = v.InferOutput<typeof invoiceAnswer>
export type ListedInvoiceAnswer = v.InferOutput<typeof listedInvoiceAnswer>
